import { Ajv2020 } from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rulesPage } from "../generate/rules-page.ts";
import { diffSpecs, RULES, type Finding } from "../src/index.ts";
import { MEMBER_CHANGES } from "../src/rules/object-changes.ts";
import type { Place } from "../src/rules/places.ts";
import { memberRuleId, schemaRuleId } from "../src/rules/rule-ids.ts";
import { isMemberChange, SCHEMA_CHANGES } from "../src/rules/rules.ts";
import { SCHEMA_ROWS } from "./fixtures.ts";

const CHANGES = [...SCHEMA_CHANGES, ...MEMBER_CHANGES];
const standing = { required: false, readOnly: false, writeOnly: false, hasDefault: false };
const PLACES: Place[] = [
  "request-body",
  "request-property",
  "request-parameter",
  "response-body",
  "response-property",
  "response-header",
];

// One document with the schema at the place.
function documentWith(place: Place, schema: object): unknown {
  const wrapped = place.endsWith("property") ? { type: "object", properties: { it: schema } } : schema;
  const content = { "application/json": { schema: wrapped } };
  const request = { requestBody: { required: true, content } };
  const operation = {
    ...(place === "request-body" || place === "request-property" ? request : {}),
    ...(place === "request-parameter" ? { parameters: [{ in: "query", name: "it", schema }] } : {}),
    responses: {
      200: {
        description: "OK",
        ...(place === "response-body" || place === "response-property" ? { content } : {}),
        ...(place === "response-header" ? { headers: { "X-It": { schema } } } : {}),
      },
    },
  };
  return {
    openapi: "3.1.0",
    info: { title: "T", version: "1.0" },
    paths: { "/things": { post: operation } },
  };
}

function idFor(place: Place, stem: string): string {
  const below = place.replace("-body", "-property") as Place; // a body's members are properties
  return isMemberChange(stem)
    ? memberRuleId(place === "request-parameter" ? "request-parameter-property" : below, stem, standing)
    : schemaRuleId(place, stem, standing);
}

const ajv = new Ajv2020({ strict: false, validateFormats: false, unicodeRegExp: true });

// A witness is held against another validator than ours.
function isTrue(
  finding: Finding,
  sender: object,
  receiver: object,
  direction: "oldToNew" | "newToOld",
  nested: boolean,
): boolean {
  const witness = finding.witness?.[direction];
  if (witness === undefined) return false;
  const value = witness.parameter ? witness.parameter.value : witness.body;
  const wrap = (schema: object): object => (nested ? { type: "object", properties: { it: schema } } : schema);
  return ajv.validate(wrap(sender), value) && !ajv.validate(wrap(receiver), value);
}

describe.each(PLACES)("%s", (place) => {
  test.each(SCHEMA_ROWS)("%s", (stem, base, revision, mirror) => {
    for (const [wanted, old, now] of [
      [stem, base, revision],
      [mirror, revision, base],
    ] as const) {
      if (wanted === "") continue;
      const { findings } = diffSpecs(documentWith(place, old), documentWith(place, now));
      // A parameter travels as text, so any value that was sent is still a text.
      const widened = place === "request-parameter" && wanted === "type-changed" && old === revision;
      const id = idFor(place, widened ? "type-generalized" : wanted);
      const finding = findings.find((found) => found.id === id);
      expect(findings.map((found) => found.id)).toContain(id);
      for (const direction of ["oldToNew", "newToOld"] as const) {
        if (finding?.[direction] !== "breaks") continue;
        const [sender, receiver] = direction === "oldToNew" ? [old, now] : [now, old];
        expect(
          isTrue(finding, sender, receiver, direction, place.endsWith("property")),
          `${id} ${direction}`,
        ).toBe(true);
      }
    }
  });
});

test("a narrowing or widening has its witness on the body, but for what no validator looks at", () => {
  const unseen = /^(wrapped|unwrapped|content-|x-ext|prefix-items|all-of|type-changed$)/;
  const missing: string[] = [];
  for (const [stem, base, revision] of SCHEMA_ROWS) {
    const { effect } = CHANGES.find(({ name }) => name === stem) ?? { effect: "none" };
    const { findings } = diffSpecs(
      documentWith("request-property", base),
      documentWith("request-property", revision),
    );
    const finding = findings.find(({ id }) => id === idFor("request-property", stem));
    if (effect === "narrows" && finding?.oldToNew !== "breaks" && !unseen.test(stem)) missing.push(stem);
    if (effect === "widens" && finding?.newToOld !== "breaks" && !unseen.test(stem)) missing.push(stem);
  }
  expect(missing).toEqual([]);
});

test("every stem has a row, and every row a stem", () => {
  const shown = new Set(SCHEMA_ROWS.flatMap(([stem, , , mirror]) => [stem, mirror]));
  const stems = CHANGES.map(({ name }) => name).filter((stem) => stem !== "type-compatible");
  expect(stems.filter((stem) => !shown.has(stem))).toEqual([]);
});

test("every rule has a mirror that is a rule", () => {
  const lost = [...RULES.values()].filter(({ mirror }) => !RULES.has(mirror));
  expect(lost.map(({ id, mirror }) => `${id} → ${mirror}`)).toEqual([]);
  expect(RULES.size).toBeGreaterThanOrEqual(120);
});

test("RULES.md is generated from the rules", () => {
  const written = readFileSync(join(import.meta.dirname, "..", "RULES.md"), "utf8");
  expect(written).toBe(rulesPage());
});

test("the file that a rule names detects it", () => {
  const folder = join(import.meta.dirname, "..", "src");
  const sources = new Map([...RULES.values()].map(({ detectedIn }) => [detectedIn, ""]));
  for (const file of sources.keys()) sources.set(file, readFileSync(join(folder, file), "utf8"));
  const missing = [
    ...[...SCHEMA_CHANGES, ...MEMBER_CHANGES].map(({ name, detectedIn }) => [name, detectedIn] as const),
  ].filter(([name, file]) => !tokensOf(name).some((token) => sources.get(file)?.includes(token)));
  expect(missing).toEqual([]);
});

// The code may compose a name, as in `${name}-increased`: then its parts are there.
function tokensOf(name: string): string[] {
  const words = name.split("-");
  return [name, ...words.slice(1).map((_, i) => words.slice(0, i + 1).join("-"))];
}
