import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Operation } from "@mojaloop-versioning/protocol";
import { mainMedia, readApi, type Api } from "../src/read/api.ts";
import { openDocument } from "../src/read/document.ts";
import { instanceOf, NONE, seeded } from "../src/witness/instance.ts";
import { diffSpecs } from "../src/index.ts";
import { residueOf } from "../src/compare/residue.ts";
import type { Schema } from "../src/schema/schema.ts";
import { failures } from "../src/schema/validate.ts";
import { catalogued, withBody } from "./documents.ts";

// Raised for the long run: SPEC_DIFF_FUZZ=10000.
const COUNT = Number(process.env["SPEC_DIFF_FUZZ"] ?? 40);

const apiOf = (id: string): Api => readApi(openDocument(catalogued(id), id));

function bodyOf(api: Api, key: string): Schema | undefined {
  const body = api.operations.get(key)?.body;
  return body && mainMedia(body.content)?.schema?.();
}

// `/a/*/b` covers `/a/0/b`, what is below it and what is above it.
function covers(place: string, path: string): boolean {
  const [wanted, found] = [place.split("/"), path.split("/")];
  return wanted.every((step, i) => step === "*" || found[i] === undefined || step === found[i]);
}

describe.each([
  ["fspiop/1.0", "fspiop/1.1"],
  ["fspiop/1.1", "fspiop/2.0"],
  ["fspiop/1.0", "fspiop/2.0"],
  ["settlement/1.1", "settlement/2.0"],
])("%s and %s", (one, other) => {
  const [base, revision] = [apiOf(one), apiOf(other)];
  const shared = [...base.operations.values()].filter(
    ({ name }) => bodyOf(base, key(name)) && bodyOf(revision, key(name)),
  );

  test.each(shared.map(({ name }) => name))(
    "%s: what one side refuses of the other, a finding covers",
    (name) => {
      for (const direction of ["up", "down"] as const) {
        const [from, to] = direction === "up" ? [base, revision] : [revision, base];
        const [sender, receiver] = [bodyOf(from, key(name)), bodyOf(to, key(name))];
        if (!sender || !receiver) throw new Error(`${name} has no body`);
        const { sources, disposals } = residueOf(base, revision, name as Operation, direction); // a name is a method and a path
        let made = 0;
        for (let seed = 0; seed < COUNT; seed++) {
          const value = instanceOf(sender, seeded(seed, 0.6));
          if (value === NONE) continue;
          made++;
          for (const { path } of failures(receiver, value)) {
            expect(
              [...sources, ...disposals].some((place) => covers(place, path)),
              `${direction} ${path}`,
            ).toBe(true);
          }
        }
        expect(made).toBeGreaterThan(COUNT / 2);
      }
    },
  );
});

function key(name: string): string {
  return name.replaceAll(/\{[^/{}]*\}/g, "{}");
}

const scalar = fc.oneof(
  fc.record(
    { type: fc.constant("string"), maxLength: fc.integer({ min: 2, max: 6 }) },
    { requiredKeys: ["type"] },
  ),
  fc.record({
    type: fc.constant("string"),
    pattern: fc.constantFrom("^[a-c]{1,3}$", "^[b-d]{1,3}$", "^a|b$", "^(?!a)[a-d]+$", "^[a-z]*$"),
  }),
  fc.record({ type: fc.constant("string"), enum: fc.subarray(["A", "B", "C"], { minLength: 1 }) }),
  fc.record(
    {
      type: fc.constantFrom("integer", "number"),
      minimum: fc.integer({ min: 0, max: 3 }),
      maximum: fc.integer({ min: 3, max: 6 }),
    },
    { requiredKeys: ["type"] },
  ),
  fc.constant({ type: ["string", "null"] }),
  fc.constant({ type: "boolean" }),
);

const { schema } = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc
      .record({
        names: fc.subarray(["a", "b", "c"]),
        inner: fc.array(tie("schema"), { minLength: 3, maxLength: 3 }),
        required: fc.subarray(["a", "b", "c"]),
        closed: fc.boolean(),
      })
      .map(({ names, inner, required, closed }) => ({
        type: "object",
        properties: Object.fromEntries(names.map((name, i) => [name, inner[i]])),
        required: required.filter((name) => names.includes(name)),
        ...(closed && { additionalProperties: false }),
      })),
    fc.record({
      type: fc.constant("array"),
      items: tie("schema"),
      maxItems: fc.integer({ min: 1, max: 4 }),
    }),
    fc.array(tie("schema"), { minLength: 2, maxLength: 2 }).map((anyOf) => ({ anyOf })),
    fc.array(tie("schema"), { minLength: 2, maxLength: 2 }).map((oneOf) => ({ oneOf })),
  ),
}));

const RUNS = Number(process.env["SPEC_DIFF_RUNS"] ?? 150);

// What is called safe is tried with messages of the sender.
function expectSafe(a: object, b: object): void {
  const [base, revision] = [withBody(a), withBody(b)];
  const { verdict } = diffSpecs(base, revision);
  const [from, to] = [base, revision].map((document) =>
    bodyOf(readApi(openDocument(document, "it")), "POST /things"),
  );
  if (!from || !to) throw new Error("a body was written");
  for (const [sender, receiver, said] of [
    [from, to, verdict.oldToNew],
    [to, from, verdict.newToOld],
  ] as const) {
    if (said !== "ok") continue;
    for (let seed = 0; seed < 12; seed++) {
      const value = instanceOf(sender, seeded(seed, 0.7));
      // Members under names that only the receiver knows are not sent (README).
      if (value !== NONE) expect(failures(receiver, value), JSON.stringify(value)).toEqual([]);
    }
  }
}

test("of two schemas called safe, the one accepts what the other does", () => {
  fc.assert(fc.property(schema, schema, expectSafe), { numRuns: RUNS, seed: 11 });
}, 600_000);

test("so does a union of which one branch takes more", () => {
  const kinds = fc.constantFrom("oneOf", "anyOf");
  fc.assert(
    fc.property(kinds, scalar, scalar, (kind, branch, kept) => {
      const wider = { type: branch.type };
      expectSafe({ [kind]: [branch, kept] }, { [kind]: [wider, kept] });
      expectSafe({ items: { [kind]: [kept, wider] } }, { items: { [kind]: [kept, branch] } });
    }),
    { numRuns: RUNS, seed: 14 },
  );
}, 600_000);

test("a schema compared with itself has no finding", () => {
  fc.assert(
    fc.property(schema, (a) => {
      expect(diffSpecs(withBody(a), withBody(structuredClone(a))).findings).toEqual([]);
    }),
    { numRuns: RUNS, seed: 12 },
  );
});

test("values made for a schema are values of it", () => {
  fc.assert(
    fc.property(schema, fc.integer({ min: 0, max: 50 }), (a, seed) => {
      const body = bodyOf(readApi(openDocument(withBody(a), "it")), "POST /things");
      const value = body ? instanceOf(body, seeded(seed)) : NONE;
      if (body && value !== NONE) expect(failures(body, value)).toEqual([]);
    }),
    { numRuns: RUNS, seed: 13 },
  );
});
