import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isVersioningError } from "@mojaloop-versioning/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { CATALOG, readCatalog, readText, reducedPath } from "../specs/catalog.ts";
import { formatYaml, isObject, type JsonObject, parseYaml, valueAt } from "../specs/document.ts";
import { applyUpdate, planDropIn } from "../specs/update.ts";
import { filesBelow, ROOT } from "./workspace.ts";

// An invented version: FSPIOP 2.0 and one more member in the body of a transfer.
const INVENTED = "fspiop/2.1";

function invented(change: (body: JsonObject) => void): string {
  const document = parseYaml(readText(ROOT, reducedPath("fspiop/2.0")), "fspiop/2.0");
  const body = valueAt(document, "/components/schemas/TransfersPostRequest/properties");
  change(body as JsonObject); // the committed document has that component
  return formatYaml(document);
}

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "update-test-"));
  cpSync(join(ROOT, "specs"), join(root, "specs"), { recursive: true });
  // A small house: two versions are enough to see a third one come.
  const catalog = parseYaml(readText(ROOT, CATALOG), CATALOG);
  const kept = ["fspiop/2.0", "settlement/2.0"];
  const versions = [catalog["versions"] ?? []]
    .flat()
    .filter((entry) => isObject(entry) && kept.some((id) => id === entry["id"]));
  writeFileSync(join(root, CATALOG), formatYaml({ ...catalog, versions }));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Every file below the root with its text. */
function contents(): Map<string, string> {
  return new Map(filesBelow(root, "").map((file) => [file, readFileSync(file, "utf8")]));
}

const take = async (text: string): Promise<string> => {
  const dropped = { id: INVENTED, name: "fspiop-2.1.yaml", text };
  const { writes, older } = planDropIn(root, readCatalog(root), dropped);
  return applyUpdate(root, writes, older);
};

describe("taking in a document that was dropped in", () => {
  test("writes it, its catalogue entry and all that is generated, and says what changed", async () => {
    const told = await take(
      invented((body) => {
        body["remark"] = { $ref: "#/components/schemas/Note" };
      }),
    );
    expect(told).toContain("TransfersPostRequest.remark");
    expect(told).toMatch(/^transfers +2\.0 +2\.1 +2\.1 +minor/m);
    const { versions } = readCatalog(root);
    const entry = versions.find(({ id }) => id === INVENTED);
    // Only what changed moves on (API Definition 3.3): the resource's version is its own.
    expect(entry?.resources.versions).toMatchObject({
      transfers: "2.1",
      quotes: "2.0",
      authorizations: "1.0",
    });
    expect(versions.findIndex(({ id }) => id === INVENTED)).toBe(
      versions.findIndex(({ id }) => id === "fspiop/2.0") + 1,
    );
    const source = readFileSync(join(root, "packages/types/src/generated/fspiop/v2.1/index.ts"), "utf8");
    expect(source).toContain('"POST /transfers": {\n    resource: "transfers", version: "2.1"');
  }, 30_000);

  test("changes nothing when it is taken in again", async () => {
    const text = invented((body) => {
      body["remark"] = { $ref: "#/components/schemas/Note" };
    });
    await take(text);
    const before = contents();
    expect(await take(text)).toBe("nothing changed\n");
    expect(contents()).toEqual(before);
  }, 30_000);

  test.each<[string, (body: JsonObject) => void, string]>([
    ["a broken $ref", (body) => (body["remark"] = { $ref: "#/components/schemas/Nowhere" }), "has no target"],
    [
      "a broken pattern",
      (body) => (body["remark"] = { type: "string", pattern: "[" }),
      "no regular expression",
    ],
    [
      "what the generator does not know",
      (body) => (body["remark"] = { not: {} }),
      "does not know this keyword",
    ],
  ])("writes nothing for %s", async (_what, change, problem) => {
    const before = contents();
    const refusal: unknown = await take(invented(change)).catch((error: unknown) => error);
    expect(isVersioningError(refusal, "invalid-spec") ? refusal.message : refusal).toContain(problem);
    expect(contents()).toEqual(before);
  });

  test("writes nothing for a version whose entry nobody can guess", () => {
    const dropped = { id: "settlement/0.9", name: "s.yaml", text: "openapi: 3.0.0" };
    expect(() => planDropIn(root, readCatalog(root), dropped)).toThrow(
      `${CATALOG}: settlement/0.9 has no older version`,
    );
  });
});
