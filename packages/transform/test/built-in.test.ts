import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

// Issue 6, "Done when": deleting one fill or lose, or one pointer of it, from any built-in change fails the typecheck.
const src = resolve(import.meta.dirname, "../src");
const files = [
  "fspiop/changes-1.1.ts",
  "fspiop/changes-2.0.ts",
  "settlement/changes.ts",
  "proposals/transfer-quote-id.ts",
].map((file) => resolve(src, file));
const { config } = ts.readConfigFile(resolve(src, "../../../tsconfig.base.json"), (path) =>
  ts.sys.readFile(path),
) as {
  config: object;
};
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, src);

interface Deletion {
  readonly file: string;
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

/** Every `fill`, every `lose`, every pointer that has neighbours in one, and every direction that only refuses. */
function deletionsIn(file: string): Deletion[] {
  const source = ts.createSourceFile(file, ts.sys.readFile(file) ?? "", ts.ScriptTarget.ES2022, true);
  const found: Deletion[] = [];
  const add = (node: ts.PropertyAssignment): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    const what = `${node.name.getText(source)}, line ${String(line)}`;
    found.push({ file, what, start: node.getStart(source), end: node.getEnd() });
  };
  const visit = (node: ts.Node): void => {
    node.forEachChild(visit);
    if (!ts.isPropertyAssignment(node) || !ts.isObjectLiteralExpression(node.initializer)) return;
    const members = node.initializer.properties.filter((member) => ts.isPropertyAssignment(member));
    const name = node.name.getText(source);
    if (name === "fill" || name === "lose") {
      add(node);
      if (members.length > 1) members.forEach(add);
    } else if (members.some((member) => member.name.getText(source) === "refuse") && /^(up|down)$/.test(name))
      add(node);
  };
  visit(source);
  return found;
}

describe("a built-in change does not compile without", () => {
  let edited: Deletion | undefined;
  const host = ts.createCompilerHost(options);
  const kept = new Map<string, ts.SourceFile | undefined>();
  const original = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) => {
    if (edited?.file === file) {
      const text = ts.sys.readFile(file) ?? "";
      const { start, end } = edited;
      // A comma too many is no error, so the member goes alone.
      const without = text.slice(0, start) + text.slice(end).replace(/^,/, "");
      return ts.createSourceFile(file, without, ts.ScriptTarget.ES2022, true);
    }
    if (!kept.has(file)) kept.set(file, original(file, ...rest));
    return kept.get(file);
  };
  let program = ts.createProgram({ rootNames: files, options, host });
  const faultsIn = (file: string): number => {
    program = ts.createProgram({ rootNames: files, options, host, oldProgram: program });
    return program.getSemanticDiagnostics(program.getSourceFile(file)).length;
  };

  test("a deletion: so far it compiles", () => {
    expect(files.map(faultsIn)).toEqual(files.map(() => 0));
  }, 120_000);

  const deletions = files.flatMap(deletionsIn);
  test.each(deletions.map((deletion) => [deletion.what, deletion] as const))(
    "%s",
    (_what, deletion) => {
      edited = deletion;
      expect(faultsIn(deletion.file)).toBeGreaterThan(0);
      edited = undefined;
    },
    60_000,
  );

  test("there is something to delete in every file", () => {
    expect(new Set(deletions.map(({ file }) => file))).toEqual(new Set(files));
  });
});
