import { readFileSync } from "node:fs";
import { join } from "node:path";

import { build } from "esbuild";
import { describe, expect, test } from "vitest";

import { isVersioningError } from "@mojaloop-versioning/protocol";

import { generate } from "../../packages/types/generate/generate.ts";
import { createModel } from "../../packages/types/generate/model.ts";
import { inDependencyOrder, shapesOf } from "../../packages/types/generate/shape.ts";
import { entryOf, readCatalog } from "../specs/catalog.ts";
import type { Json, JsonObject } from "../specs/document.ts";
import { filesBelow, ROOT } from "./workspace.ts";

const SOURCES = join(ROOT, "packages/types/src/generated");

test("generation gives the same bytes twice, and they are what lies in the package", async () => {
  const first = await generate(ROOT);
  const second = await generate(ROOT);
  expect([...second.keys()]).toEqual([...first.keys()]);
  const differing = [...first].filter(([file, text]) => second.get(file) !== text).map(([file]) => file);
  expect(differing).toEqual([]);
  const stale = [...first].filter(([file, text]) => readFileSync(join(ROOT, file), "utf8") !== text);
  expect(stale.map(([file]) => file)).toEqual([]);
  expect(filesBelow(SOURCES, ".ts")).toHaveLength(first.size);
}, 60_000);

test("the package imports zod in its schemas, and nothing anywhere else", () => {
  const imports = filesBelow(SOURCES, ".ts").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/^import .*from "([^".][^"]*)";$/gm)].map(([, name]) => [
      file.endsWith("/schemas.ts") ? "schemas" : file,
      name,
    ]),
  );
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter(([file, name]) => file !== "schemas" || name !== "zod")).toEqual([]);
});

// A member of each of the other resources' bodies, in the order of the API Definition's chapters.
const FOREIGN = [
  "partyList",
  "personalInfo",
  "transactionRequestState",
  "payeeReceiveAmount",
  "authenticationInfo",
  "individualQuotes",
  "individualTransfers",
  "conversionTerms",
];

describe.each(["schemas", "validate"])("one of the %s, bundled", (part) => {
  test("carries no other resource", async () => {
    const specifier = `@mojaloop-versioning/types/fspiop/v2.0/${part}`;
    const { outputFiles } = await build({
      stdin: {
        contents: `export { TransfersPostRequest } from "${specifier}";`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      external: ["zod"],
      conditions: ["@mojaloop-versioning/source"],
    });
    const text = outputFiles[0]?.text ?? "";
    expect(text).toContain("ilpPacket");
    expect(FOREIGN.filter((member) => text.includes(member))).toEqual([]);
    expect(text.length).toBeLessThan(8_000);
  });
});

describe("a document that generation cannot read", () => {
  const entry = entryOf(readCatalog(ROOT), "fspiop/1.1");
  const shapes = (A: JsonObject): unknown =>
    inDependencyOrder(shapesOf(new Map([["A", A]]), entry.id), entry.id);
  const model = (schemas: JsonObject, paths: JsonObject = {}): unknown =>
    createModel({ components: { schemas }, paths }, entry);
  const body = (schema: Json): JsonObject => ({
    post: { requestBody: { content: { "application/json": { schema } } }, responses: {} },
  });

  test.each<[string, () => unknown, string]>([
    [
      "an unknown keyword",
      () => shapes({ properties: { b: { multipleOf: 2 } } }),
      "/A/properties/b/multipleOf",
    ],
    ["an unknown type", () => shapes({ type: "null" }), "/components/schemas/A/type"],
    ["null", () => shapes({ type: "string", nullable: true }), "/components/schemas/A/nullable"],
    ["an unknown format", () => shapes({ type: "string", format: "uri" }), "/components/schemas/A/format"],
    ["a length that is no number", () => shapes({ type: "string", maxLength: "3" }), "/A/maxLength"],
    [
      "a ring of components",
      () => shapes({ items: { $ref: "#/components/schemas/A" }, type: "array" }),
      "/schemas/A",
    ],
    ["a name that no type can bear", () => model({ "A-2": {} }), "/components/schemas/A-2"],
    ["a name that the modules need", () => model({ validateBody: {} }), "/components/schemas/validateBody"],
    [
      "a body whose name is taken",
      () => model({ TransfersPostRequest: {} }, { "/transfers": body({ type: "object" }) }),
      "/components/schemas/TransfersPostRequest",
    ],
  ])("%s is refused at its place", (_what, act, pointer) => {
    let refusal: unknown;
    try {
      act();
    } catch (error) {
      refusal = error;
    }
    expect(isVersioningError(refusal, "invalid-spec") ? refusal.message : refusal).toContain(pointer);
  });

  test("a body written in place becomes a component, named as the standard names its bodies", () => {
    const { operations, schemas } = createModel(
      { components: { schemas: {} }, paths: { "/transfers": body({ type: "object" }) } },
      entry,
    );
    expect(operations[0]?.body).toBe("TransfersPostRequest");
    expect(schemas.get("TransfersPostRequest")).toEqual({ type: "object" });
  });
});
