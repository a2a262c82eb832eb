import { expect, test } from "vitest";
import { diffSpecs, RULES, type Level } from "../src/index.ts";

const text = { type: "string" };
const object = (properties: object, required: string[] = [], more: object = {}): object => ({
  type: "object",
  properties,
  required,
  ...more,
});

function api(operation: object): object {
  return {
    openapi: "3.1.0",
    info: { title: "T", version: "1.0" },
    paths: { "/things": { post: { responses: {}, ...operation } } },
  };
}

const asked = (schema: object, type = "application/json"): object =>
  api({ requestBody: { required: true, content: { [type]: { schema } } } });
const answered = (schema: object, type = "application/json"): object =>
  api({ responses: { 200: { description: "OK", content: { [type]: { schema } } } } });
const statuses = (...names: string[]): object =>
  api({ responses: Object.fromEntries(names.map((name) => [name, { description: "-" }])) });

const body = { requestBody: { required: true, content: {} } };
const draft = (operation: object): object => ({ ...operation, "x-stability-level": "draft" });

const header = (schema: object): object => api({ parameters: [{ in: "header", name: "H", schema }] });

type Row = [authority: string, base: object, revision: object, level: Level | "none"];

test.each<Row>([
  [
    "JSON Schema Validation 9.2: a default fills nothing in, so what became mandatory may be missing",
    asked(object({ a: text })),
    asked(object({ a: { ...text, default: "x" } }, ["a"])),
    "error",
  ],
  [
    "JSON Schema Validation 9.2: nor where the member is new",
    asked(object({})),
    asked(object({ a: { ...text, default: "x" } }, ["a"])),
    "error",
  ],
  [
    "JSON Schema Validation 6.5.3: a name may be demanded that is nowhere declared",
    asked(object({})),
    asked(object({}, ["a"])),
    "error",
  ],
  [
    "OpenAPI 3.1, 4.8.16.1: default is no status of success",
    statuses("200", "default"),
    statuses("200"),
    "info",
  ],
  ["OpenAPI 3.1, 4.8.16.2: a range of statuses", statuses("202", "2XX"), statuses("202"), "error"],
  [
    "RFC 6838, 4.2.8: who reads JSON reads problem details",
    answered(object({ a: text })),
    answered(object({ a: text }), "application/problem+json"),
    "info",
  ],
  [
    "RFC 9110, 8.3.1: neither case nor blanks count",
    answered(text, "text/plain; charset=utf-8"),
    answered(text, "Text/Plain;charset=UTF-8"),
    "none",
  ],
  [
    "the schema counts under another name too",
    answered(object({ a: text }, ["a"])),
    answered(object({ a: text }), "application/problem+json"),
    "error",
  ],
  [
    "a media type that has nothing to do with the other",
    answered(text),
    answered(text, "application/cbor"),
    "error",
  ],
  [
    "OpenAPI 3.1, 4.8.24: what is read only is not to be sent in a request",
    asked(object({ a: { ...text, readOnly: true } })),
    asked(object({ a: { type: "integer", readOnly: true } }, ["a"])),
    "info",
  ],
  [
    "JSON Schema Validation 9.4: nor what lies in it",
    asked(object({ a: object({ b: { ...text, maxLength: 9 } }, [], { readOnly: true }) })),
    asked(object({ a: object({ b: { ...text, maxLength: 5 } }, [], { readOnly: true }) })),
    "info",
  ],
  [
    "OpenAPI 3.1, 4.8.24: what is read only is sent in an answer",
    answered(object({ a: { ...text, readOnly: true } }, ["a"])),
    answered(object({ a: { ...text, readOnly: true } })),
    "error",
  ],
  [
    "OpenAPI 3.1, 4.8.24: what is write only is not to be sent in an answer",
    answered(object({ a: { ...text, writeOnly: true } }, ["a"])),
    answered(object({ a: { ...text, writeOnly: true } })),
    "info",
  ],
  [
    "JSON Schema Validation 6.3: the lengths already say what the pattern says",
    asked({ ...text, minLength: 1, maxLength: 9 }),
    asked({ ...text, pattern: "^[^]{1,9}$" }),
    "info",
  ],
  [
    "JSON Schema Validation 6.1.2: the listed values are all that is sent, and all of them fit",
    asked({ ...text, enum: ["AB", "CD"] }),
    asked({ ...text, enum: ["AB", "CD"], maxLength: 2, pattern: "^[A-Z]+$" }),
    "info",
  ],
  [
    "JSON Schema Core 10.2.1.3: branches that take nothing of each other may be many",
    asked({ oneOf: [object({ a: text }, ["a"]), text] }),
    asked({ anyOf: [object({ a: text }, ["a"]), text] }),
    "info",
  ],
  [
    "JSON Schema Core 10.2.1.3: and they may be one at a time",
    asked({ anyOf: [object({ a: text }, ["a"]), text] }),
    asked({ oneOf: [object({ a: text }, ["a"]), text] }),
    "info",
  ],
  [
    "an alternative that went is missed by its name",
    asked({ anyOf: [{ ...text, maxLength: 5 }, object({ a: text }), text] }),
    asked({ anyOf: [object({ a: text }), text] }),
    "error",
  ],
  [
    "an edited part of allOf is said once, by what changed in it",
    asked({ allOf: [object({ a: text })] }),
    asked({ allOf: [object({ a: text, b: text })] }),
    "info",
  ],
  ["an array that becomes something else", asked({ type: "array", items: text }), asked(text), "error"],
  [
    "OpenAPI 3.1, 4.8.12.3: the members of a header travel as text",
    header(object({ a: { type: "integer" } })),
    header(object({ a: text })),
    "warn",
  ],
  ["a draft promises nothing", api(draft({})), api(draft(body)), "info"],
  ["what was promised is not undone by calling it a draft", api({}), api(draft(body)), "error"],
  ["a draft that became stable", api(draft({})), api(body), "error"],
  ["a draft may go", api(draft({})), { ...api({}), paths: {} }, "info"],
])("%s", (_, base, revision, level) => {
  const result = diffSpecs(base, revision, { today: "2026-11-21" });
  expect(result.level).toBe(level);
  for (const { id } of result.findings) expect(RULES.has(id), id).toBe(true);
});
