import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ZodType } from "zod";

import type { Validator } from "@mojaloop-versioning/types";

import { createModel } from "../../packages/types/generate/model.ts";
import { subpathOf } from "../../packages/types/generate/names.ts";
import { type CatalogEntry, readCatalog } from "../specs/catalog.ts";
import { isObject, type Json, type JsonObject, valueAt } from "../specs/document.ts";
import { loadDocument, loadReduced } from "../specs/load.ts";
import { createJudge } from "./ajv-judge.ts";
import { createBodyArbitrary, mutated } from "./body-arbitrary.ts";
import { ROOT } from "./workspace.ts";

// How many bodies each component is judged by; half of them are mutated.
const RUNS = Number(process.env["JUDGE_RUNS"] ?? 24);

const catalog = readCatalog(ROOT);

// Components where our schema and the published one part on purpose. They are judged by the corrected document instead.
const CORRECTED: Record<string, string> = {
  "settlement/1.1 Settlement": "windows are a flat list (specs/settlement/1.1.overlay.yaml)",
  "settlement/1.1 Settlements": "holds Settlement",
  "settlement/1.1 Error": "errorCode is a string (specs/settlement/1.1.overlay.yaml)",
  "settlement/2.0 Settlement": "windows are a flat list (specs/settlement/2.0.overlay.yaml)",
  "settlement/2.0 Settlements": "holds Settlement",
  "settlement/2.0 Error": "errorCode is a string (specs/settlement/2.0.overlay.yaml)",
  "admin/1.0 PostParticipantsRequest": "isProxy (specs/admin/1.0.overlay.yaml)",
};

// Versions with components that the published document does not have.
const ADDED: Record<string, string> = {
  "admin/1.0": "types the answers (specs/admin/1.0.overlay.yaml)",
  "thirdparty/1.0": "the document writes six bodies in place; here they have names",
};

interface Judged {
  readonly entry: CatalogEntry;
  readonly document: JsonObject;
  readonly published: JsonObject;
  readonly schemas: Readonly<Record<string, ZodType>>;
  readonly validators: Readonly<Record<string, Validator<unknown>>>;
}

const versions = await Promise.all(
  catalog.versions.map(async (entry): Promise<Judged> => {
    const subpath = `@mojaloop-versioning/types/${subpathOf(entry)}`;
    const { document } = createModel(await loadDocument(ROOT, catalog, entry), entry);
    return {
      entry,
      document,
      published: entry.base === undefined ? loadReduced(ROOT, entry) : document,
      // What generation makes: a schema and a validator for each component, under its name.
      schemas: (await import(`${subpath}/schemas`)) as Judged["schemas"],
      validators: (await import(`${subpath}/validate`)) as Judged["validators"],
    };
  }),
);

/** A component with everything it refers to, spelled out. */
function expanded(document: JsonObject, component: string): Json {
  const expand = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(expand);
    if (!isObject(node)) return node;
    if (typeof node["$ref"] === "string") return expand(valueAt(document, node["$ref"].slice(1)) ?? null);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, expand(value)]));
  };
  return expand({ $ref: `#/components/schemas/${component}` });
}

describe.each(versions)("$entry.id", ({ entry, document, published, schemas, validators }) => {
  const components = Object.keys(schemas);
  const bodyOf = createBodyArbitrary(document);
  const [judgePublished, judgeCorrected] = [createJudge(published), createJudge(document)];
  const isPublished = (name: string): boolean =>
    valueAt(published, `/components/schemas/${name}`) !== undefined;
  const isCorrected = (name: string): boolean => `${entry.id} ${name}` in CORRECTED || !isPublished(name);

  test("parts from the published document only where that is listed", () => {
    const parted = components.filter(
      (name) => JSON.stringify(expanded(published, name)) !== JSON.stringify(expanded(document, name)),
    );
    expect(parted.filter((name) => !isCorrected(name))).toEqual([]);
    expect(components.filter((name) => !isPublished(name)).length > 0).toBe(entry.id in ADDED);
  });

  test.each(components)("%s: zod, validator and ajv agree", (name) => {
    const schema = schemas[name] ?? expect.fail(`no schema ${name}`);
    const validator = validators[name] ?? expect.fail(`no validator ${name}`);
    const judge = (isCorrected(name) ? judgeCorrected : judgePublished)(name);
    const body = bodyOf(name);
    fc.assert(
      fc.property(fc.oneof(body, mutated(body)), (value) => {
        const before = JSON.stringify(value);
        const verdict = validator(value);
        expect({ zod: schema.safeParse(value).success, validator: verdict.ok }, before).toEqual({
          zod: judge(value),
          validator: judge(value),
        });
        expect(JSON.stringify(value)).toBe(before);
        // A fault lies in the value, or is the absence of a member in it.
        if (!verdict.ok) {
          const parent = verdict.pointer.slice(0, Math.max(0, verdict.pointer.lastIndexOf("/")));
          expect(valueAt(value, parent), verdict.pointer).toBeDefined();
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("a strict validator takes what is described and refuses what is not", () => {
    for (const name of components) {
      const validate = validators[name] ?? expect.fail(`no validator ${name}`);
      for (const value of fc.sample(bodyOf(name), { numRuns: 6, seed: 7 })) {
        if (!validate(value).ok) continue;
        expect(validate(value, { strict: true }).ok, name).toBe(true);
        if (isObject(value))
          expect(validate({ ...value, unheardOf: 1 }, { strict: true }).ok, name).toBe(false);
      }
    }
  });

  test("makes valid bodies of every component", () => {
    const never = components.filter((name) => {
      const judge = judgeCorrected(name);
      return !fc.sample(bodyOf(name), { numRuns: 8, seed: 1 }).some((value) => judge(value));
    });
    expect(never).toEqual([]);
  });
});
