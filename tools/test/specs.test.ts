import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isVersioningError } from "@mojaloop-versioning/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { CATALOG, digest, parseCatalog, readCatalog, readText, reducedPath } from "../specs/catalog.ts";
import { checkDocument } from "../specs/check.ts";
import { isObject, type Json, type JsonObject, parseYaml } from "../specs/document.ts";
import { listVersions } from "../specs/list.ts";
import { loadDocument } from "../specs/load.ts";
import { actionsOf, applyOverlay } from "../specs/overlay.ts";
import { reduceToFacts } from "../specs/reduce.ts";
import { planSync, writeAll } from "../specs/sync.ts";
import { ROOT } from "./workspace.ts";

const catalog = readCatalog(ROOT);
const published = catalog.versions.filter(({ source }) => source !== undefined);

/** The message of the `invalid-spec` error that `act` throws. */
async function refusalOf(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (isVersioningError(error, "invalid-spec")) return error.message;
    throw error;
  }
  return "no error";
}

describe("specs/ as it is committed", () => {
  test.each(published)("$id is the document that the catalogue pins", ({ id, reduced }) => {
    const file = reducedPath(id);
    const found = digest(readText(ROOT, file));
    expect(found === reduced ? "" : `${file} was edited: its sha256 is ${found}`).toBe("");
  });

  test("holds no file that the catalogue does not know", () => {
    const known = new Set([
      "specs/README.md",
      CATALOG,
      ...published.map(({ id }) => reducedPath(id)),
      ...catalog.versions.flatMap(({ overlays }) => overlays.map((name) => `specs/${name}`)),
    ]);
    const found = readdirSync(join(ROOT, "specs"), { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile())
      .map((item) => `${item.parentPath.slice(ROOT.length).replace(/^\//, "")}/${item.name}`);
    expect(found.filter((file) => !known.has(file))).toEqual([]);
  });

  test.each(published)("$id holds facts and no prose", ({ id, title }) => {
    const document = parseYaml(readText(ROOT, reducedPath(id)), id);
    // Reduction is a projection: what was reduced stays the same when reduced again.
    expect(reduceToFacts(document, title)).toEqual(document);
    expect(sentencesIn(document)).toEqual([]);
  });

  test.each(catalog.versions)("$id loads with its overlays", async (entry) => {
    const document = await loadDocument(ROOT, catalog, entry);
    expect(Object.keys(document)).toContain("paths");
  });

  test("is listed with source, sha256, resource table and overlays", () => {
    const list = listVersions(ROOT, catalog);
    for (const { id, source, overlays, resources } of catalog.versions) {
      const facts = [id, source?.sha256 ?? "", ...overlays, ...Object.keys(resources.versions)];
      expect(facts.filter((fact) => !list.includes(fact))).toEqual([]);
    }
  });
});

// Four words of lower case in a row are a sentence; no fact of these documents reads like that.
function sentencesIn(node: Json): string[] {
  if (typeof node === "string") return /[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(node) ? [node] : [];
  if (Array.isArray(node)) return node.flatMap(sentencesIn);
  return isObject(node) ? Object.values(node).flatMap(sentencesIn) : [];
}

describe("reduction", () => {
  test.each<[JsonObject, JsonObject, string]>([
    [{ description: "text", type: "string" }, { type: "string" }, "a description goes"],
    [
      { properties: { description: { type: "string", title: "text" } } },
      { properties: { description: { type: "string" } } },
      "a property of that name stays",
    ],
    [{ enum: ["A"], example: "A" }, { enum: ["A"] }, "an example goes, a choice stays"],
    [{ required: ["title"], title: "text" }, { required: ["title"] }, "names in a list stay"],
    [
      { components: { responses: { "404": { description: "text" } } } },
      { components: { responses: { "404": { description: "Not Found" } } } },
      "a response bears the phrase of its status",
    ],
    [
      { info: { version: "9.9", contact: { name: "somebody" } } },
      { info: { title: "Our title", version: "9.9" } },
      "the document bears our title",
    ],
  ])("%o becomes %o: %s", (document, facts) => {
    expect(reduceToFacts(document, "Our title")).toEqual(facts);
  });
});

describe("what cannot be used is refused in one line", () => {
  const [entry = expect.fail("the catalogue is empty")] = catalog.versions;
  const minimal = { openapi: "3.0.0", paths: {} };
  const schema = (value: JsonObject): JsonObject => ({ ...minimal, components: { schemas: { A: value } } });
  const overlay = (action: JsonObject): JsonObject => ({ overlay: "1.0.0", actions: [action] });
  const reasons = { description: "why", "x-source": "who says so" };

  test.each<[string, () => unknown, string]>([
    ["a catalogue that is no YAML", () => parseCatalog("a: [b"), CATALOG],
    ["a catalogue without versions", () => parseCatalog("carriers: {}"), `${CATALOG} at /versions`],
    [
      "a missing pin",
      () => parseCatalog(readText(ROOT, CATALOG).replace(/ +sha256: .*\n/, "")),
      "/source/sha256",
    ],
    ["a document that is no YAML", () => parseYaml("\tx", "a.yaml"), "a.yaml"],
    [
      "a broken $ref",
      () => checkDocument(schema({ $ref: "#/nowhere" }), entry),
      "/components/schemas/A/$ref",
    ],
    [
      "a pattern that does not compile",
      () => checkDocument(schema({ pattern: "[" }), entry),
      "/schemas/A/pattern",
    ],
    [
      "an unknown resource",
      () => checkDocument({ ...minimal, paths: { "/new": {} } }, entry),
      "/paths/~1new",
    ],
    ["another OpenAPI", () => checkDocument({ swagger: "2.0" }, entry), "/openapi"],
    [
      "an action without a reason",
      () => actionsOf(overlay({ target: "$.paths" }), "o.yaml"),
      "o.yaml at /actions/0",
    ],
    [
      "an action that hits nothing",
      () => applyOverlay(minimal, overlay({ ...reasons, target: "$.nothing", remove: true }), "o.yaml"),
      "o.yaml at /actions/0: the target $.nothing hits nothing",
    ],
    [
      "a file whose sha256 differs",
      () => planSync(ROOT, catalog, () => Promise.resolve(new TextEncoder().encode("openapi: 3.0.0"))),
      `of ${published[0]?.id ?? ""}: sha256 is `,
    ],
  ])("%s", async (_what, act, names) => {
    const message = await refusalOf(act);
    expect(message).toContain(names);
    expect(message).not.toContain("\n");
  });
});

describe("writing", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "specs-test-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("says what it changed, and nothing the second time", async () => {
    const writes = new Map([["specs/a/1.0.yaml", "text\n"]]);
    expect(await writeAll(folder, writes)).toEqual(["specs/a/1.0.yaml"]);
    expect(await writeAll(folder, writes)).toEqual([]);
  });

  test("writes nothing when one of the files cannot be written", async () => {
    writeFileSync(join(folder, "blocked"), "a file where a folder must be");
    const writes = new Map([
      ["first.yaml", "text\n"],
      ["blocked/second.yaml", "text\n"],
    ]);
    await expect(writeAll(folder, writes)).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(["blocked"]);
    expect(readFileSync(join(folder, "blocked"), "utf8")).toBe("a file where a folder must be");
  });
});
