import { dirname } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { expectNoneBut } from "./debts.ts";
import { SOURCES, type Source } from "./sources.ts";

const FILES_PER_FOLDER = 15;
const LINES_PER_FILE = 200;
const LINES_PER_FUNCTION = 80;
const PARAMETERS = 4;

/** Functions that may be larger, each with the reason. At most ten. */
const LARGER: Readonly<Record<string, string>> = {};

interface Function {
  /** `packages/x/src/y.ts name`. */
  readonly place: string;
  readonly lines: number;
  readonly parameters: number;
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name) return node.name.getText();
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText();
  return "(anonymous)";
}

function functionsOf({ path, tree }: Source): Function[] {
  const found: Function[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const line = (position: number): number => tree.getLineAndCharacterOfPosition(position).line;
      const lines = line(node.getEnd()) - line(node.getStart()) + 1;
      found.push({ place: `${path} ${nameOf(node)}`, lines, parameters: node.parameters.length });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found.filter(({ place }) => !(place in LARGER));
}

const FUNCTIONS = SOURCES.flatMap(functionsOf);

test(`a source folder has at most ${String(FILES_PER_FOLDER)} files`, () => {
  const files = new Map<string, number>();
  for (const { path } of SOURCES) files.set(dirname(path), (files.get(dirname(path)) ?? 0) + 1);
  const large = [...files].filter(([, count]) => count > FILES_PER_FOLDER).map(([folder]) => folder);
  expectNoneBut("large folder", large, "group the files into folders by the question they answer");
});

test(`a source file has at most ${String(LINES_PER_FILE)} lines`, () => {
  const long = SOURCES.filter(({ tree }) => tree.getLineStarts().length - 1 > LINES_PER_FILE);
  expectNoneBut(
    "long file",
    long.map(({ path }) => path),
    "split it by idea",
  );
});

test(`a function has at most ${String(LINES_PER_FUNCTION)} lines`, () => {
  const long = FUNCTIONS.filter(({ lines }) => lines > LINES_PER_FUNCTION).map(({ place }) => place);
  expectNoneBut("long function", long, "split it into named steps, or give LARGER of this file the reason");
});

test(`a function has at most ${String(PARAMETERS)} parameters`, () => {
  const wide = FUNCTIONS.filter(({ parameters }) => parameters > PARAMETERS).map(({ place }) => place);
  expectNoneBut("wide function", wide, "pass one object, or give LARGER of this file the reason");
});

test("at most ten functions are larger, and each of them exists", () => {
  expect(Object.keys(LARGER).length).toBeLessThanOrEqual(10);
  expect(SOURCES.length).toBeGreaterThan(100);
});
