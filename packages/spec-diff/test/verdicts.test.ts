import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { diffSpecs, type Verdict } from "../src/index.ts";
import { withBody } from "./documents.ts";

const text = { type: "string" };
const flag = { type: "boolean" };
const object = (properties: object, required: string[] = [], more: object = {}): object => ({
  type: "object",
  properties,
  required,
  ...more,
});
const matching = (pattern: string): object => ({ ...text, pattern });
const one = (...values: string[]): object => ({ ...text, enum: values });
const pin = object({ pin: text }, ["pin"]);
const otp = object({ otp: text }, ["otp"]);
const closed = { additionalProperties: false };

// API Definition 7.3.8 and, for the second form, the ids of its version 2.0
const UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[1-7][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";
const ULID = "^[0-9A-HJKMNP-TV-Z]{26}$";
const AMOUNT = "^([0]|([1-9][0-9]{0,17}))([.][0-9]{0,3}[1-9])?$";

type Row = [what: string, base: object, revision: object, oldToNew: Verdict, newToOld: Verdict];

// JSON Schema 2020-12; each break is shown by a message that another validator judges, too.
test.each<Row>([
  ["another form of id", matching(UUID), matching(`${UUID}|${ULID}`), "ok", "breaks"],
  ["one form of id less", matching(`${UUID}|${ULID}`), matching(UUID), "breaks", "ok"],
  ["forms in another order", matching(`${UUID}|${ULID}`), matching(`${ULID}|${UUID}`), "ok", "ok"],
  ["the same, grouped", matching(UUID), matching(`^(?:${UUID.slice(1, -1)})$`), "ok", "ok"],
  ["a class in other letters", matching("^\\d{1,4}$"), matching("^[0-9]{1,4}$"), "ok", "ok"],
  ["blanks refused", matching("^.{1,9}$"), matching("^(?!\\s*$).{1,9}$"), "breaks", "ok"],
  ["patterns that cross", matching("^[a-m]+$"), matching("^[h-z]+$"), "breaks", "breaks"],
  ["a stricter amount", matching("^[0-9]+([.][0-9]+)?$"), matching(AMOUNT), "breaks", "ok"],
  ["a length as a pattern", { ...text, minLength: 1, maxLength: 9 }, matching("^[^]{1,9}$"), "ok", "ok"],
  ["a pattern as a length", matching("^[^]{1,9}$"), { ...text, minLength: 1, maxLength: 9 }, "ok", "ok"],
  [
    "lengths that cross",
    { ...text, minLength: 1, maxLength: 5 },
    { ...text, minLength: 3, maxLength: 8 },
    "breaks",
    "breaks",
  ],
  [
    "the next whole number",
    { type: "integer", exclusiveMinimum: 1, exclusiveMaximum: 9 },
    { type: "integer", minimum: 2, maximum: 8 },
    "ok",
    "ok",
  ],
  [
    "numbers between",
    { type: "number", exclusiveMinimum: 1 },
    { type: "number", minimum: 2 },
    "breaks",
    "ok",
  ],
  [
    "the bound itself",
    { type: "number", exclusiveMaximum: 1 },
    { type: "number", maximum: 1 },
    "ok",
    "breaks",
  ],
  ["or null", text, { type: ["string", "null"] }, "ok", "breaks"],
  ["null, written otherwise", { type: ["string", "null"] }, { anyOf: [{ type: "null" }, text] }, "ok", "ok"],
  ["a list of types as a union", { type: ["string", "boolean"] }, { oneOf: [flag, text] }, "ok", "ok"],
  [
    "an integer is a number, so it matches twice",
    { type: "number" },
    { oneOf: [{ type: "number" }, { type: "integer" }] },
    "breaks",
    "ok",
  ],
  ["a listed value, or null", one("A"), { anyOf: [one("A", "B"), { type: "null" }] }, "ok", "breaks"],
  ["a constant as an enumeration", { const: "A" }, { enum: ["A"] }, "ok", "ok"],
  ["a bound that all listed values keep", one("A", "B"), { ...one("A", "B"), maxLength: 1 }, "ok", "ok"],
  ["a bound that one of them does not", one("A", "BB"), { ...one("A", "BB"), maxLength: 1 }, "breaks", "ok"],
  ["opened", object({ a: text }, [], closed), object({ a: text }), "ok", "breaks"],
  ["others must be texts", object({}), object({}, [], { additionalProperties: text }), "breaks", "ok"],
  [
    "an optional member of a closed object",
    object({ a: text }, [], closed),
    object({ a: text, b: text }, [], closed),
    "ok",
    "breaks",
  ],
  [
    "a mandatory member of a closed object",
    object({ a: text }, [], closed),
    object({ a: text, b: text }, ["b"], closed),
    "breaks",
    "breaks",
  ],
  [
    "a mandatory member of a closed object, gone",
    object({ a: text, b: text }, ["b"], closed),
    object({ a: text }, [], closed),
    "breaks",
    "breaks",
  ],
  ["renamed", object({ a: text }, ["a"]), object({ b: text }, ["b"]), "breaks", "breaks"],
  ["demanded but nowhere declared", object({}), object({}, ["a"]), "breaks", "ok"],
  [
    "no empty list",
    { type: "array", items: text },
    { type: "array", items: text, minItems: 1 },
    "breaks",
    "ok",
  ],
  ["one became many", text, { type: "array", items: text }, "breaks", "breaks"],
  [
    "a branch that takes nothing of the others",
    { oneOf: [pin, flag] },
    { oneOf: [pin, flag, text] },
    "ok",
    "breaks",
  ],
  ["a branch that takes some of another", { oneOf: [pin] }, { oneOf: [pin, otp] }, "breaks", "breaks"],
  ["a branch less", { oneOf: [pin, text] }, { oneOf: [text] }, "breaks", "ok"],
  [
    "a branch that takes what was another's alone",
    {
      oneOf: [
        { ...text, maxLength: 4 },
        { ...text, minLength: 6 },
      ],
    },
    {
      oneOf: [
        { ...text, maxLength: 8 },
        { ...text, minLength: 6 },
      ],
    },
    "breaks",
    "breaks",
  ],
  [
    "a branch that leaves to another what was of both",
    {
      oneOf: [
        { ...text, maxLength: 8 },
        { ...text, minLength: 6 },
      ],
    },
    {
      oneOf: [
        { ...text, maxLength: 4 },
        { ...text, minLength: 6 },
      ],
    },
    "breaks",
    "breaks",
  ],
  [
    "a branch that leaves to another what was of both, listed",
    { oneOf: [{}, text] },
    { oneOf: [{ const: 1 }, text] },
    "breaks",
    "breaks",
  ],
  [
    "a listed value that was of both",
    { oneOf: [one("a", "b"), text] },
    { oneOf: [one("a", "b"), matching("^a")] },
    "breaks",
    "breaks",
  ],
  ["the same branch once more", { oneOf: [text, pin] }, { oneOf: [text, pin, text] }, "breaks", "unproven"],
  [
    "null that a further part refuses",
    { allOf: [{ allOf: [{ type: ["string", "null"] }] }] },
    { allOf: [{ allOf: [{ type: ["string", "null"] }, text] }] },
    "breaks",
    "ok",
  ],
  ["a branch that another one holds", { anyOf: [one("A"), text, pin] }, { anyOf: [text, pin] }, "ok", "ok"],
  ["a constant and more", { const: "A" }, { enum: ["A", "B"] }, "ok", "breaks"],
  ["listed values as a pattern", one("AA", "AB"), matching("^A"), "ok", "breaks"],
  [
    "a branch that demands less",
    { oneOf: [pin, otp] },
    { oneOf: [object({ pin: text }), otp] },
    "breaks",
    "breaks",
  ],
  [
    "branches known by their titles",
    { oneOf: [{ ...text, title: "a", maxLength: 4 }, { ...flag, title: "b" }, { type: "null" }] },
    {
      oneOf: [{ ...text, title: "b", maxLength: 4 }, { ...text, title: "a", minLength: 6 }, { type: "null" }],
    },
    "breaks",
    "breaks",
  ],
  [
    "both branches may hold",
    {
      oneOf: [
        { ...text, maxLength: 4 },
        { ...text, minLength: 3 },
      ],
    },
    {
      anyOf: [
        { ...text, maxLength: 4 },
        { ...text, minLength: 3 },
      ],
    },
    "ok",
    "breaks",
  ],
  [
    "a further part demands more",
    { allOf: [object({ a: text, b: text })] },
    { allOf: [object({ a: text, b: text }), { required: ["b"] }] },
    "breaks",
    "ok",
  ],
  [
    "parts made one",
    { allOf: [object({ a: text }), { required: ["c"], properties: { c: text } }] },
    object({ a: text, c: text }, ["c"]),
    "ok",
    "ok",
  ],
  [
    "a part is closed",
    { allOf: [object({ a: text })] },
    { allOf: [object({ a: text }, [], closed)] },
    "breaks",
    "ok",
  ],
])("%s", (_, base, revision, oldToNew, newToOld) => {
  const within = (schema: object): object => object({ v: schema, id: text }, ["id"]);
  const [old, now] = [within(base), within(revision)];
  const { verdict, findings } = diffSpecs(withBody(old), withBody(now));
  expect(verdict).toEqual({ oldToNew, newToOld });
  const ajv = new Ajv2020({ strict: false });
  for (const { witness } of findings) {
    if (witness?.oldToNew) expect(ajv.validate(old, witness.oldToNew.body)).toBe(true);
    if (witness?.oldToNew) expect(ajv.validate(now, witness.oldToNew.body)).toBe(false);
    if (witness?.newToOld) expect(ajv.validate(now, witness.newToOld.body)).toBe(true);
    if (witness?.newToOld) expect(ajv.validate(old, witness.newToOld.body)).toBe(false);
  }
});
