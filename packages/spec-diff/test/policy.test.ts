import { expect, test } from "vitest";
import {
  diffSpecs,
  parseSeverities,
  renderText,
  RULES,
  type DiffOptions,
  type DiffResult,
} from "../src/index.ts";
import { withAnswer, withBody } from "./documents.ts";

const text = { type: "string" };
const object = (required: string[]): object => ({ type: "object", properties: { a: text }, required });
const quotes = (schema: object): unknown => withBody(schema, { operation: "POST /quotes" });
const stricter = (options: DiffOptions): DiffResult =>
  diffSpecs(quotes(object([])), quotes(object(["a"])), { today: "2026-11-21", ...options });

const accepted = {
  id: "request-property-became-required",
  path: "/quotes",
  reason: "agreed",
  expires: "2026-12-31",
};

test("an accepted finding silences level and exit code, never verdict, version and order", () => {
  const { breaking, level, bump, verdict, resources, findings } = stricter({ ignore: [accepted] });
  expect({ breaking, level, bump, findings }).toEqual({
    breaking: false,
    level: "none",
    bump: "major",
    findings: [],
  });
  expect(verdict.oldToNew).toBe("breaks");
  expect(resources).toMatchObject([{ resource: "quotes", to: "2.0", order: "senders first" }]);
});

test("a summary never calls a major version harmless", () => {
  expect(renderText(stricter({ ignore: [accepted] }))).toContain(
    "no error, but a major version is needed (1 accepted finding included) · version: major",
  );
  expect(renderText(stricter({}))).toContain("breaking change · version: major");
});

test("severities change the level, not the version; the last one that fits counts", () => {
  const severities = { "*": "info", "request-property-*": "warn" } as const;
  expect(stricter({ severities })).toMatchObject({ level: "warn", breaking: false, bump: "major" });
  const hidden = stricter({ severities: { [accepted.id]: "none" } });
  expect(hidden).toMatchObject({ level: "none", bump: "major", ignored: { hidden: 1 } });
  expect(() => parseSeverities({ nonsense: "warn" })).toThrow(/there is no rule "nonsense"/);
  expect(() => parseSeverities({ [accepted.id]: "loud" })).toThrow(/must be one of/);
});

type Declared = [declared: `${number}.${number}`, id: string | undefined, level: string, why: string];

// API Definition 3.3.2 and 3.3.3: the change asks for quotes 2.0
test.each<Declared>([
  ["1.0", "resource-version-too-low", "error", "the major version stays"],
  ["2.0", undefined, "", "as the changes ask"],
  ["2.1", "resource-version-too-high", "warn", "a new major starts at minor 0"],
])("declared version %s gives %s at level %s: %s", (declared, id, level) => {
  const { findings } = stricter({ declared: { quotes: declared }, profile: "fspiop" });
  const found = findings.filter((finding) => finding.id.startsWith("resource-version"));
  expect(found).toMatchObject(id === undefined ? [] : [{ id, level, operations: ["POST /quotes"] }]);
});

test("a wider pattern is a major change of FSPIOP (3.3.3), and a minor one of a request elsewhere", () => {
  const [base, revision] = ["^[ab]$", "^[abc]$"].map((pattern) => quotes({ ...text, pattern }));
  expect(diffSpecs(base, revision, { profile: "fspiop" }).bump).toBe("major");
  expect(diffSpecs(base, revision).bump).toBe("minor");
});

test("a rule that caps a proven break says so, in the finding and in the text", () => {
  const [base, revision] = [["A"], ["A", "B"]].map((values) =>
    withAnswer({ type: "object", properties: { a: { ...text, enum: values } } }),
  );
  const result = diffSpecs(base, revision);
  const { cap } = RULES.get("response-property-enum-value-added") ?? {};
  expect(result.findings).toMatchObject([{ level: "warn", newToOld: "breaks", capped: cap?.reason }]);
  expect(renderText(result)).toContain(
    `proven, capped to warn by rule response-property-enum-value-added: ${cap?.reason ?? "-"}`,
  );
  expect(diffSpecs(base, revision, { profile: "fspiop" }).level).toBe("error");
});

test("every rule with a cap gives its reason", () => {
  const capped = [...RULES.values()].filter(({ cap }) => cap);
  expect(capped.length).toBeGreaterThan(5);
  for (const { cap } of capped) expect(cap).toMatchObject({ level: "warn", reason: /\w+ \w+/ });
});

test("closing many objects is one row with the places behind it", () => {
  const nested = (more: object): object => ({
    type: "object",
    properties: { a: { type: "object", properties: { b: text }, ...more } },
    ...more,
  });
  const result = diffSpecs(withBody(nested({})), withBody(nested({ additionalProperties: false })));
  expect(new Set(result.findings.map(({ cause }) => cause))).toEqual(new Set(["objects closed"]));
  const lines = renderText(result).split("\n");
  expect(lines.filter((line) => line.startsWith("error"))).toEqual([
    "error  2 objects closed: unlisted members are refused",
  ]);
});

test("a filter compares only operations with a path or a tag", () => {
  const filter = { paths: ["/transfers*"] };
  expect(stricter({ filter }).findings).toEqual([]);
  expect(stricter({ filter: { paths: ["/quo*"] } }).level).toBe("error");
  expect(stricter({ filter: { exceptPaths: ["/quotes"] } }).findings).toEqual([]);
  expect(stricter({ filter: { tags: ["any"] } }).findings).toEqual([]);
});

test("a fingerprint stays with its change, and differs for another", () => {
  const [first, second] = [stricter({}), stricter({ profile: "fspiop" })];
  expect(first.findings[0]?.fingerprint).toBe(second.findings[0]?.fingerprint);
  const other = diffSpecs(quotes(object([])), quotes({ ...object(["a"]), maxProperties: 3 }));
  expect(new Set(other.findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

type Spelling = [base: object, revision: object, why: string];

// JSON Schema Validation 6: a keyword applies to instances of its own type only
test.each<Spelling>([
  [{ type: "integer", maxLength: 3 }, { type: "integer" }, "a length of a number"],
  [{ ...text, maximum: 3 }, text, "a maximum of a text"],
  [{ ...text, minItems: 1, items: text }, text, "items of a text"],
  [{ type: "array", required: ["a"] }, { type: "array" }, "members of an array"],
  [{ type: "boolean", pattern: "^a$", format: "uuid" }, { type: "boolean" }, "a pattern of a flag"],
  [{ enum: ["A", "B"] }, { oneOf: [{ const: "A" }, { const: "B" }] }, "an enumeration as a union"],
])("%j and %j accept the same: %s", (base, revision) => {
  expect(diffSpecs(withBody(base), withBody(revision)).findings).toEqual([]);
});

test("a value added to a union of values is a value added to an enumeration", () => {
  const union = (...values: string[]): object => ({ anyOf: values.map((value) => ({ const: value })) });
  expect(diffSpecs(withBody(union("A", "B")), withBody(union("A", "B", "C"))).findings).toMatchObject([
    { id: "request-body-enum-value-added" },
  ]);
});

test("a misspelt type is invalid, with its place", () => {
  const wrong = withBody({ type: "object", properties: { a: { type: "sting" } } });
  expect(() => diffSpecs(wrong, wrong, { names: { base: "a.yaml", revision: "b.yaml" } })).toThrow(
    /^a\.yaml: #\/paths\/~1things\/post\/.*\/properties\/a\/type: "sting" is not a type/,
  );
});
