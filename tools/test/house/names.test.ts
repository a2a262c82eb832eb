import { basename } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { expectNoneBut } from "./debts.ts";
import { SOURCES, type Source } from "./sources.ts";

/** Names that more than one package exports, each with the reason why they do not confuse. */
const SAME_NAME: Readonly<Record<string, string>> = {};

/** File names that occur in more than one package, each with the reason. */
const SAME_FILE: Readonly<Record<string, string>> = {
  "index.ts": "the entry of a package or folder",
};

function isExported(node: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

// Re-exports repeat a name without a second meaning, so only declarations count.
function exportsOf({ tree }: Source): string[] {
  return tree.statements.filter(isExported).flatMap((statement) => {
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    const { name } = statement as ts.Statement & { name?: ts.Node }; // functions, classes, interfaces and types have one
    return name ? [name.getText()] : [];
  });
}

/** Names that more than one package has: `name: package, package`. */
function shared(namesOf: (source: Source) => readonly string[]): string[] {
  const packages = new Map<string, Set<string>>();
  for (const source of SOURCES) {
    for (const name of namesOf(source)) {
      packages.set(name, (packages.get(name) ?? new Set()).add(source.workspacePackage.name));
    }
  }
  return [...packages]
    .filter(([, owners]) => owners.size > 1)
    .map(([name]) => name)
    .sort();
}

const NAMES = shared(exportsOf);
const FILES = shared(({ path }) => [basename(path)]);

test("a name that two packages export has one meaning", () => {
  const advice = "rename one, import one from the other, or give SAME_NAME of this file the reason";
  expectNoneBut(
    "exported name",
    NAMES.filter((name) => !(name in SAME_NAME)),
    advice,
  );
});

test("a file name has one meaning", () => {
  const advice = "rename one, or give SAME_FILE of this file the reason";
  expectNoneBut(
    "file name",
    FILES.filter((name) => !(name in SAME_FILE)),
    advice,
  );
});

test("every reason is still needed", () => {
  expect(Object.keys(SAME_NAME).filter((name) => !NAMES.includes(name))).toEqual([]);
  expect(Object.keys(SAME_FILE).filter((name) => !FILES.includes(name))).toEqual([]);
});
