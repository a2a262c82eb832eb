import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generate } from "../generate/generate.ts";
import {
  createIdMap,
  createRegistry,
  fspiopChanges,
  settlementChanges,
  type Change,
  type ConversionContext,
  type OperationChange,
} from "../src/index.ts";
import { DEFER, type FastPaths } from "../src/values/fast-path.ts";
import { bodyKinds, builtInVersions } from "../src/testing/api-version.ts";
import { arbitraryOf, deepFreeze } from "../src/testing.ts";
import { hostile, plainIds } from "./support/hostile.ts";

const builtIn = [...fspiopChanges, ...settlementChanges];
const fastPaths: FastPaths = Object.assign(
  {},
  ...builtIn.map((change) => "residue" in change && change.fastPaths),
) as FastPaths;

/** The same changes with other fastPaths. */
const withFastPaths = (changes: readonly Change[], other: FastPaths | undefined): Change[] =>
  changes.map((change) => ("residue" in change ? { ...change, fastPaths: other } : change));

const express = createRegistry(builtIn);
const closures = createRegistry(withFastPaths(builtIn, undefined));

test("generation gives the same bytes twice, and they are what lies in the package", () => {
  const files = generate();
  expect([...generate()]).toEqual([...files]);
  for (const [name, text] of files) {
    expect(readFileSync(resolve(import.meta.dirname, "..", name), "utf8")).toBe(text);
  }
});

describe("a fastPath gives what the closures give, or leaves it to them", () => {
  const runs = Number(process.env["LAW_RUNS"] ?? 10);
  const contexts: readonly (() => ConversionContext)[] = [
    () => ({}),
    () => ({ stash: false, params: { ID: "01ARZ3NDEKTSV4RRFFQ69G5FAV" } }),
    () => ({ params: { ID: "b51ec534-ee48-4575-b6a9-ead2955b8069" }, query: { settlementWindowId: "1" } }),
    () => ({ ids: createIdMap(), lookup: () => "DEFERREDNET" }),
    () => ({ stash: true, report: true }),
  ];
  const kinds = bodyKinds(builtInVersions).filter(({ operation, version }) =>
    Object.keys(fastPaths).some((key) => key.startsWith(`${operation} ${version} `)),
  );

  test("there are fastPaths for every operation whose body changes between published versions", () => {
    expect(kinds.length).toBeGreaterThan(25);
  });

  test.each(kinds.map((kind) => [`${kind.operation} from ${kind.version}`, kind] as const))(
    "%s",
    (_name, kind) => {
      const { resource, version, operation, schema } = kind;
      const targets = (express.resources[resource] ?? []).filter((to) => to !== version);
      const generated = arbitraryOf(schema);
      const property = fc.property(
        hostile(fc.oneof(generated, plainIds(generated))),
        fc.constantFrom(...contexts),
        (value, context) => {
          const body = deepFreeze(value);
          for (const to of targets) {
            const ours = express.between(resource, version, to, operation)(body, context());
            const theirs = closures.between(resource, version, to, operation)(body, context());
            expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs));
            // What JSON does not show: undefined members, and whether it is the very object that came.
            expect(isDeepStrictEqual(ours, theirs)).toBe(true);
            expect(ours.ok && ours.body === body).toBe(theirs.ok && theirs.body === body);
          }
        },
      );
      fc.assert(property, { numRuns: runs, seed: 2026 });
    },
  );
});

test.each<[why: string, body: unknown]>([
  ["no body", undefined],
  ["a list for a body", [{ payer: { supportedCurrencies: [] } }]],
  ["a list for a party", { payer: [{ supportedCurrencies: [] }] }],
  ["an undefined member beside one to take away", party({ supportedCurrencies: undefined })],
  ["only undefined members", { payer: { supportedCurrencies: undefined, personalInfo: undefined } }],
  ["its own __proto__", party(Object.fromEntries([["__proto__", { a: 1 }]]))],
  ["names of numbers", party({ 2: "b", 1: "a" })],
  ["no prototype", party(heirOf(null))],
  ["members that are inherited", party(heirOf({ supportedCurrencies: [] }))],
])("a fastPath does as the closures do with %s", async (_why, body) => {
  const [ours, theirs] = [express, closures].map((registry) =>
    registry.between("quotes", "2.0", "1.0", "POST /quotes")(deepFreeze(body)),
  );
  expect(await express.between("quotes", "2.0", "1.0", "POST /quotes").async(body)).toStrictEqual(ours);
  expect(isDeepStrictEqual(ours, theirs)).toBe(true);
  expect(JSON.stringify(ours)).toBe(JSON.stringify(theirs));
});

function heirOf(prototype: object | null): object {
  const heir = { supportedCurrencies: prototype ? undefined : [] };
  Object.setPrototypeOf(heir, prototype);
  return heir;
}

function party(more: object): unknown {
  const personalInfo = { kycInformation: "x", dateOfBirth: "1983-10-25" };
  return {
    note: "x",
    payer: Object.assign(more, { personalInfo, name: "y" }),
    payee: { ...more, personalInfo },
  };
}

describe("a fastPath is used for the very changes it was generated from, and for no others", () => {
  const marked = Object.fromEntries(
    Object.entries(fastPaths).map(([key, generated]) => [
      key,
      { ...generated, fastPath: () => "by the fast path" },
    ]),
  );
  const changes = withFastPaths(fspiopChanges, marked);
  const altered = (id: string, rest: Partial<OperationChange>): Change[] =>
    changes.map((change) => (change.id === id ? Object.assign({}, change, rest) : change));
  const more = (rest: Partial<OperationChange>): Change[] => [
    ...changes,
    {
      ...{ id: "mine", resource: "quotes", operation: "POST /quotes", from: "1.1", to: "2.0" },
      ...{ title: "mine", because: "a test", down: { lose: { "/note": "drop" } } },
      ...rest,
    },
  ];
  const body = { note: "x", payer: { name: "y", supportedCurrencies: ["USD"] } };
  const runBy = (given: readonly Change[], from: "1.1" | "2.0", to: "1.0" | "1.1"): unknown => {
    const outcome = createRegistry(given).between("quotes", from, to, "POST /quotes")(body);
    return outcome.ok && outcome.body;
  };

  type Row = [
    what: string,
    given: readonly Change[],
    newer: "fastPath" | "closures",
    older: "fastPath" | "closures",
  ];
  test.each<Row>([
    ["the built-in changes", changes, "fastPath", "fastPath"],
    [
      "changes to other resources beside them",
      more({ resource: "things", operation: "POST /things" }),
      "fastPath",
      "fastPath",
    ],
    [
      "changes to other operations beside them",
      more({ operation: "PUT /quotes/{ID}" }),
      "fastPath",
      "fastPath",
    ],
    ["one change more", more({}), "closures", "fastPath"],
    ["one change more for every operation", more({ operation: "* /*" }), "closures", "fastPath"],
    [
      "one change more of a component",
      [...changes, { ...componentChange(), id: "mine" }],
      "closures",
      "fastPath",
    ],
    ["one change less", changes.filter(({ id }) => id !== "authentication-type/u2f"), "fastPath", "closures"],
    ["another order", changes.toReversed(), "closures", "closures"],
    [
      "an altered copy of one",
      altered("quotes/currency-conversion", {
        down: { lose: { "/converter": "drop", "/currencyConversion": "drop" } },
      }),
      "closures",
      "fastPath",
    ],
    ["an equal copy of one", altered("party/supported-currencies", {}), "closures", "fastPath"],
    [
      "another table",
      changes.map((each) => ("residue" in each ? { ...each, residue: { ...each.residue } } : each)),
      "closures",
      "closures",
    ],
  ])("%s", (_what, given, newer, older) => {
    expect([
      runBy(given, "2.0", "1.1") === "by the fast path",
      runBy(given, "1.1", "1.0") === "by the fast path",
    ]).toEqual([newer === "fastPath", older === "fastPath"]);
  });

  test("what a fastPath defers is decided by the closures", () => {
    const defers = Object.fromEntries(
      Object.entries(fastPaths).map(([key, generated]) => [key, { ...generated, fastPath: () => DEFER }]),
    );
    const outcome = runBy(withFastPaths(fspiopChanges, defers), "2.0", "1.1");
    expect(outcome).toEqual({ note: "x", payer: { name: "y" } });
  });

  function componentChange(): Change & object {
    const found = fspiopChanges.find(({ id }) => id === "party/supported-currencies");
    if (!found) throw new Error("no such change");
    return found;
  }
});
