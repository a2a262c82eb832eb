import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import {
  diffResultSchema,
  diffSpecs,
  planUpgrade,
  renderGithub,
  renderHtml,
  renderJunit,
  renderMarkdown,
  renderText,
  type DiffResult,
} from "../src/index.ts";
import { catalogued, withAnswer, withBody } from "./documents.ts";

const V10 = catalogued("fspiop/1.0");
const V11 = catalogued("fspiop/1.1");
const V20 = catalogued("fspiop/2.0");
const upTo20 = diffSpecs(V11, V20, {
  profile: "fspiop",
  versions: { quotes: "1.1", transfers: "1.1", parties: "1.1", authorizations: "1.0" },
});

const byId = (result: DiffResult, id: string): DiffResult["findings"] =>
  result.findings.filter((found) => found.id === id);

// API Definition 2.0 beside 1.1, as the documents in specs/fspiop differ
describe("FSPIOP 1.1 to 2.0", () => {
  test("the wider id breaks nobody on the way up, and older receivers on the way down", () => {
    const [request] = byId(upTo20, "request-property-pattern-changed");
    expect(request).toMatchObject({
      pointer: "#/components/schemas/CorrelationId/pattern",
      oldToNew: "ok",
      newToOld: "breaks",
      level: "warn",
    });
    expect(request?.operations).toEqual(
      expect.arrayContaining([
        "POST /participants",
        "POST /transfers",
        "POST /quotes",
        "POST /bulkTransfers",
      ]),
    );
    expect(byId(upTo20, "response-property-pattern-changed")[0]).toMatchObject({
      level: "error",
      newToOld: "breaks",
    });
  });

  test("optional members are added, one finding each, and break nobody", () => {
    const added = byId(upTo20, "new-optional-request-property");
    expect(added.map(({ pointer }) => pointer.split("/").at(-1)).sort()).toEqual([
      "converter",
      "currencyConversion",
      "kycInformation",
      "supportedCurrencies",
    ]);
    for (const { oldToNew, newToOld } of added) expect([oldToNew, newToOld]).toEqual(["ok", "ok"]);
  });

  test("thirteen operations are added and none removed", () => {
    expect(byId(upTo20, "endpoint-added")).toHaveLength(13);
    expect(upTo20.findings.filter(({ id }) => id.includes("removed"))).toEqual([]);
  });

  test("each resource gets the version that 3.3.2 and 3.3.3 ask for", () => {
    const table = Object.fromEntries(
      upTo20.resources.map(({ resource, to, order }) => [resource, [to, order]]),
    );
    expect(table).toMatchObject({
      quotes: ["2.0", "receivers first"],
      transfers: ["2.0", "receivers first"],
      parties: ["1.2", "any"],
      authorizations: ["1.0", "any"],
      fxQuotes: ["1.0", "any"],
    });
    expect(upTo20.bump).toBe("major");
    expect(upTo20.verdict).toEqual({ oldToNew: "ok", newToOld: "breaks" });
  });

  test("fewer than a hundred findings either way", () => {
    expect(upTo20.findings.length).toBeLessThanOrEqual(100);
    expect(diffSpecs(V10, V11, { profile: "fspiop" }).findings.length).toBeLessThanOrEqual(100);
  });
});

test("a closed copy of 2.0 says what closing does to every later minor version (3.3.2)", () => {
  const closed = JSON.parse(JSON.stringify(V20), (_, value: unknown) =>
    typeof value === "object" && value !== null && "properties" in value && !Array.isArray(value)
      ? { ...value, additionalProperties: false }
      : value,
  ) as unknown; // a JSON value stays one
  const result = diffSpecs(V20, closed, { profile: "fspiop" });
  expect(byId(result, "request-property-closed").length).toBeGreaterThan(5);
  expect(byId(result, "request-property-closed")[0]).toMatchObject({
    oldToNew: "breaks",
    newToOld: "ok",
    level: "error",
  });
  expect(renderText(result)).toMatch(
    /objects closed: unlisted members are refused[^]*every addition becomes a major version/,
  );
});

test("the PUT answers the POST: a value added to a callback is major, to a request minor (3.3)", () => {
  const enumerated = (operation: string, values: string[]): unknown =>
    withBody({ type: "object", properties: { state: { enum: values } } }, { operation });
  const bumpFor = (operation: string): string =>
    diffSpecs(enumerated(operation, ["A"]), enumerated(operation, ["A", "B"]), { profile: "fspiop" }).bump;
  expect(bumpFor("POST /transfers")).toBe("minor");
  expect(bumpFor("PUT /transfers/{ID}")).toBe("major");
});

test("a component used in a thousand places is one finding", () => {
  const many = (maxLength: number): unknown => ({
    openapi: "3.0.3",
    info: { title: "T", version: "1.0" },
    paths: Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [
        `/r${String(i)}`,
        {
          post: {
            requestBody: {
              content: { "application/json": { schema: { $ref: "#/components/schemas/Name" } } },
            },
            responses: {},
          },
        },
      ]),
    ),
    components: {
      schemas: { Name: { type: "object", properties: { name: { type: "string", maxLength } } } },
    },
  });
  const { findings } = diffSpecs(many(9), many(5));
  expect(findings).toHaveLength(1);
  expect(findings[0]?.operations).toHaveLength(1000);
});

type Same = [base: object, revision: object, openapi: string, why: string];

test.each<Same>([
  [{ type: "string", nullable: true }, { type: "string", nullable: true }, "3.0.3", "nothing changed"],
  [
    { type: ["string", "null"] },
    { anyOf: [{ type: "string" }, { type: "null" }] },
    "3.1.0",
    "two ways to say or null",
  ],
  [{ type: ["null", "string"] }, { oneOf: [{ type: "null" }, { type: "string" }] }, "3.1.0", "and a third"],
  [{ enum: ["A", "B"] }, { enum: ["B", "A"] }, "3.1.0", "an enumeration has no order"],
  [{ enum: ["A"] }, { const: "A" }, "3.1.0", "a constant is an enumeration of one"],
  [
    { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
    { allOf: [{ type: "object" }, { properties: { a: { type: "string" } } }, { required: ["a"] }] },
    "3.0.3",
    "allOf in parts",
  ],
  [
    { type: "number", maximum: 5, exclusiveMaximum: true },
    { type: "number", maximum: 5, exclusiveMaximum: true },
    "3.0.3",
    "a flag",
  ],
  [
    { type: "string", pattern: "^[a-cb-d]$" },
    { type: "string", pattern: "^[a-d]$" },
    "3.1.0",
    "two ways to write a set",
  ],
  [
    { type: "string", description: "a" },
    { type: "string", description: "b", example: "x" },
    "3.1.0",
    "words",
  ],
])("%j is %j in OpenAPI %s: %s", (base, revision, openapi) => {
  const { findings, verdict } = diffSpecs(withBody(base, { openapi }), withBody(revision, { openapi }));
  expect(findings.filter(({ id }) => !id.includes("const"))).toEqual([]);
  expect(verdict).toEqual({ oldToNew: "ok", newToOld: "ok" });
});

test("an answer that widens breaks the older party that asked", () => {
  const result = diffSpecs(withAnswer({ type: "integer" }), withAnswer({ type: ["integer", "string"] }));
  expect(result.findings).toMatchObject([
    { level: "error", oldToNew: "ok", newToOld: "breaks", polarity: "response" },
  ]);
});

describe("ignore list", () => {
  const entry = {
    id: "request-property-pattern-changed",
    path: "#/components/schemas/CorrelationId/*",
    reason: "agreed",
    expires: "2026-12-31",
  };
  const diff = (ignore: object[], today = "2026-11-21"): DiffResult =>
    diffSpecs(V11, V20, { profile: "fspiop", today, ignore: ignore as never[] }); // lists from outside are checked at run time

  test("takes a finding away until its day, and says what it met", () => {
    expect(byId(diff([entry]), entry.id)).toEqual([]);
    expect(diff([entry]).ignored.ignored).toHaveLength(1);
    expect(byId(diff([entry], "2027-01-01"), entry.id)).toHaveLength(1);
    expect(diff([entry], "2027-01-01").ignored.expired).toEqual([entry]);
  });

  test("an entry that meets nothing is reported", () => {
    const stale = { ...entry, path: "/nothing" };
    expect(diff([stale]).ignored.unused).toEqual([stale]);
    expect(renderText(diff([stale]))).toContain("ignore entry unused");
  });

  test.each([
    [{ ...entry, id: "no-such-rule" }, /there is no rule/],
    [{ ...entry, expires: "soon" }, /must be a date/],
    [{ ...entry, reason: "" }, /reason: must be a non-empty text/],
  ])("%j is refused", (wrong, why) => {
    expect(() => diff([wrong])).toThrow(why);
  });
});

test("the order of upgrades looks at every pair of versions in support, not only at neighbours", () => {
  const body = (pattern: string): unknown =>
    withBody(
      { type: "object", properties: { id: { type: "string", pattern } } },
      { operation: "POST /quotes" },
    );
  const plan = planUpgrade(
    [
      { name: "1", document: body("^[a-c]$") },
      { name: "2", document: body("^[a-d]$") },
      { name: "3", document: body("^[b-d]$") },
    ],
    { profile: "fspiop" },
  );
  expect(plan).toMatchObject([{ resource: "quotes", order: "impossible" }]);
  expect(plan[0]?.pairs).toHaveLength(3);
});

describe("renderings", () => {
  test("JSON keeps to the published schema", () => {
    const ajv = new Ajv2020();
    const validate = ajv.compile(diffResultSchema);
    const plan = planUpgrade([
      { name: "1.0", document: V10 },
      { name: "1.1", document: V11 },
    ]);
    for (const result of [{ ...upTo20, plan }, diffSpecs(V10, V11), diffSpecs(V11, V11)]) {
      expect(validate(JSON.parse(JSON.stringify(result))), ajv.errorsText(validate.errors)).toBe(true);
    }
    const [step] = plan;
    expect(validate(JSON.parse(JSON.stringify({ ...upTo20, plan: [{ ...step, order: "at once" }] })))).toBe(
      false,
    );
  });

  test("text says whom it breaks, with a message, in fewer lines than a screen", () => {
    const text = renderText(upTo20);
    expect(text).toMatch(/new → old refused: PUT .*: \/transactionId = "0+" in \{/);
    expect(text).toMatch(/^transfers +1\.1 +2\.0/m);
    expect(text.split("\n").length).toBeLessThan(45);
  });

  test("what comes from a document cannot break out of a rendering", () => {
    const hostile = (name: string): unknown =>
      withBody({ type: "object", required: [name], properties: { [name]: {} } });
    const evil = "a|b`<script>alert(1)</script>\n::error::%0A\u0001\"'";
    const result = diffSpecs(withBody({ type: "object" }), hostile(evil));
    expect(renderHtml(result)).not.toContain("<script>alert");
    expect(renderJunit(result)).not.toMatch(/<script>|\u0001/);
    expect(renderGithub(result).trimEnd().split("\n")).toHaveLength(result.findings.length);
    expect(renderMarkdown(result)).not.toContain("<script>alert");
  });
});

test("a witness is part of every break, whatever the pair", () => {
  for (const { findings } of [upTo20, diffSpecs(V10, V11)]) {
    for (const { oldToNew, newToOld, witness, id } of findings) {
      if (oldToNew === "breaks") expect(witness?.oldToNew, id).toBeDefined();
      if (newToOld === "breaks") expect(witness?.newToOld, id).toBeDefined();
    }
  }
});

test("a name that is newly taken is told apart by the version (3.3.2)", () => {
  const object = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
  const base = withBody({ type: "object" });
  const same = diffSpecs(base, withBody({ type: "object", properties: { extra: object } }), {
    profile: "fspiop",
  });
  expect(same.verdict.oldToNew).toBe("breaks");
  const next = {
    ...(withBody({ type: "object", properties: { extra: object } }) as object),
    info: { title: "T", version: "1.1" },
  }; // an object of ours
  expect(diffSpecs(base, next, { profile: "fspiop" }).verdict.oldToNew).toBe("ok");
});
