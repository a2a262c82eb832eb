import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import {
  createRegistry,
  defineHeaderChange,
  fspiopChanges,
  renderChangelog,
  settlementChanges,
  type Conversion,
  type ConversionContext,
  type HeaderChanges,
  type Headers,
  type OperationChange,
} from "../src/index.ts";

// No published version changes a header (docs/fspiop-facts.md 3.2): all of these are changes that a user declares.
const declare = (headers: HeaderChanges): OperationChange => ({
  ...{ id: "quotes/headers", resource: "quotes", from: "1.1", to: "2.0", operation: "* /*" as const },
  ...{ title: "headers differ", because: "a test", headers },
});
const body = { quoteId: "b51ec534-ee48-4575-b6a9-ead2955b8069" };

function convert(
  headers: HeaderChanges,
  way: "up" | "down",
  context: ConversionContext,
  operation: `${string} /${string}` = "POST /quotes",
): Conversion {
  const registry = createRegistry([...fspiopChanges, declare(headers)]);
  const [from, to] = way === "up" ? (["1.0", "2.0"] as const) : (["2.0", "1.0"] as const);
  return registry.between("quotes", from, to, operation)(body, context);
}

type Row = [
  what: string,
  headers: HeaderChanges,
  way: "up" | "down",
  given: Headers,
  found: Headers | undefined,
];
test.each<Row>([
  [
    "one that only the newer has goes down",
    { newer: { "X-New": [] } },
    "down",
    { "x-new": "1", a: "2" },
    { a: "2" },
  ],
  ["names are of any letter case", { newer: { "x-new": [] } }, "down", { "X-NEW": "1" }, {}],
  ["several lines of one name go together", { newer: { "x-new": [] } }, "down", { "x-new": ["1", "2"] }, {}],
  ["nothing to drop, nothing changes", { newer: { "X-New": [] } }, "down", { a: "2" }, undefined],
  ["one that may stay away is not invented", { newer: { "X-New": [] } }, "up", { a: "2" }, undefined],
  ["one that is needed has a value", { newer: { "X-New": [{ value: "v" }] } }, "up", {}, { "X-New": "v" }],
  ["one that is there is kept", { newer: { "X-New": [{ value: "v" }] } }, "up", { "x-new": "1" }, undefined],
  [
    "one is derived from another",
    { newer: { "X-New": [{ derive: (headers: Headers) => headers["a"] }, { value: "v" }] } },
    "up",
    { a: "2" },
    { a: "2", "X-New": "2" },
  ],
  ["one that only the older has goes up", { older: { "X-Old": [] } }, "up", { "x-old": "1" }, {}],
  [
    "and is found again on the way down",
    { older: { "X-Old": [{ value: "v" }] } },
    "down",
    {},
    { "X-Old": "v" },
  ],
  ["another name", { rename: { "X-Old": "X-New" } }, "up", { "x-old": "1" }, { "X-New": "1" }],
  ["another name, back", { rename: { "X-Old": "X-New" } }, "down", { "x-new": "1" }, { "X-Old": "1" }],
  ["a name that is taken stays", { rename: { a: "b" } }, "up", { a: "1", b: "2" }, undefined],
  ["hostile names are names", { newer: { constructor: [] } }, "down", { a: "1" }, undefined],
])("%s", (_what, headers, way, given, found) => {
  const outcome = convert(headers, way, { headers: Object.freeze(given) });
  expect(outcome).toEqual({ ok: true, body, ...(found && { headers: found }) });
});

describe("what happens to headers", () => {
  const newer = { "X-New": [{ lookup: "new" }, { refuse: "3102", message: "needed" }] } as const;

  test("is reported by name, and breaks a signature that covers them (Signature 1.1, section 3)", () => {
    const outcome = convert({ newer }, "down", { headers: { "x-new": "1" }, report: true });
    expect(outcome.ok && outcome.report).toMatchObject({
      dropped: [{ pointer: "x-new:", changeId: "quotes/headers" }],
      signatureInvalidated: true,
    });
  });

  test("may refuse a message, and may be asked of the caller", () => {
    const refused = convert({ newer }, "up", { headers: {} });
    expect(!refused.ok && refused.refusal).toMatchObject({ errorCode: "3102", pointer: "x-new:" });
    const asked = convert({ newer }, "up", { headers: {}, lookup: (name) => `${name}!` });
    expect(asked.ok && asked.headers).toEqual({ "X-New": "new!" });
  });

  test("does not concern a caller that gives none", () => {
    expect(convert({ newer }, "up", {}).ok).toBe(true);
  });

  test("happens to every operation of the resource, and shows in the coverage", () => {
    const registry = createRegistry([...fspiopChanges, declare({ newer })]);
    const rows = registry
      .coverage()
      .filter(({ resource, from, to }) => resource === "quotes" && from === "1.1" && to === "2.0");
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      expect(row).toMatchObject({ class: "lossless", changes: ["quotes/headers"], refuses: ["x-new:"] });
    }
    expect(convert({ newer }, "down", { headers: { "x-new": "1" } }, "PUT /quotes/{ID}")).toMatchObject({
      headers: {},
    });
  });

  test("is in the changelog", () => {
    const guide = renderChangelog([declare({ newer, rename: { "X-Old": "X-Newer" } })], {
      from: "1.1",
      to: "2.0",
    });
    expect(guide).toContain("every message of `quotes`");
    expect(guide).toContain(
      `From 1.1 to 2.0: The header \`X-New\` comes from the caller's look-up "new"; else`,
    );
    expect(guide).toContain("From 2.0 to 1.1: The header `X-New` is dropped.");
    expect(guide).toContain("Both directions: The header `X-Old` is named `X-Newer` in the newer version.");
  });

  test("is declared with defineHeaderChange, for all operations or for one", () => {
    const heading = {
      id: "x",
      title: "x",
      because: "x",
      resource: "quotes",
      from: "1.1",
      to: "2.0",
    } as const;
    expect(defineHeaderChange({ ...heading, headers: { newer } }).operation).toBe("* /*");
    const one = defineHeaderChange({ ...heading, operation: "POST /quotes", headers: { newer } });
    expect(one).toEqual({ ...heading, operation: "POST /quotes", headers: { newer } });
  });
});

test.each(["1.1", "2.0"] as const)(
  "the base path of Settlement %s is that of the document's server",
  (version) => {
    const document = resolve(import.meta.dirname, `../../../specs/settlement/${version}.yaml`);
    const [, url] = /^servers:\n {2}- url: (.*)$/m.exec(readFileSync(document, "utf8")) ?? [];
    const registry = createRegistry([...settlementChanges, ...fspiopChanges]);
    expect(registry.basePath("settlements", version)).toBe(url);
    expect(registry.basePath("settlementWindows", version)).toBe(url);
  },
);

test("an API that says its version in headers has no base path", () => {
  expect(createRegistry(fspiopChanges).basePath("quotes", "2.0")).toBe("");
});
