import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { filesBelow, PACKAGES, ROOT } from "../workspace.ts";

interface Block {
  /** Where a reader finds it: `packages/x/README.md:10`. */
  readonly place: string;
  /** A file that does not exist, beside the document, so that imports resolve as they do for the package. */
  readonly file: string;
  readonly code: string;
}

const documents = [
  ...PACKAGES.flatMap(({ folder }) => filesBelow(folder, ".md")),
  ...filesBelow(join(ROOT, "specs"), ".md"),
]
  .concat(["README.md", "CONTRIBUTING.md"].map((name) => join(ROOT, name)))
  .filter((file) => !file.endsWith("CHANGELOG.md"));

function blocksOf(document: string): Block[] {
  const text = readFileSync(document, "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match, i) => ({
    place: `${relative(ROOT, document)}:${text.slice(0, match.index).split("\n").length}`,
    file: join(dirname(document), `readme-block-${i}.ts`),
    code: `${match[1] ?? ""}\nexport {};\n`,
  }));
}

describe("code in documents", () => {
  const blocks = documents.flatMap(blocksOf);
  const byFile = new Map(blocks.map((block) => [block.file, block]));

  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.base.json"), (path) =>
    readFileSync(path, "utf8"),
  ) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost({ ...options, isolatedDeclarations: false, declaration: false });
  host.fileExists = (file) => byFile.has(file) || ts.sys.fileExists(file);
  host.readFile = (file) => byFile.get(file)?.code ?? ts.sys.readFile(file);
  const program = ts.createProgram({
    rootNames: [...byFile.keys()],
    options: { ...options, isolatedDeclarations: false, declaration: false },
    host,
  });

  test.each(blocks)("$place compiles", ({ file }) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) =>
        `line ${(source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
    expect(found).toEqual([]);
  });
});

test.each(PACKAGES)("$name has a README with a sentence, and code by line 10", ({ folder }) => {
  const lines = readFileSync(join(folder, "README.md"), "utf8").split("\n");
  expect(lines[0]).toMatch(/^# @mojaloop-versioning\//);
  expect(lines.slice(0, 10).some((line) => line.startsWith("```"))).toBe(true);
  expect(lines.length).toBeLessThanOrEqual(150);
});

test("every VersioningError code stands in the README of protocol", async () => {
  const { VERSIONING_ERRORS } = await import("@mojaloop-versioning/protocol");
  const readme = readFileSync(join(ROOT, "packages/protocol/README.md"), "utf8");
  expect(Object.keys(VERSIONING_ERRORS).filter((code) => !readme.includes(`\`${code}\``))).toEqual([]);
});
