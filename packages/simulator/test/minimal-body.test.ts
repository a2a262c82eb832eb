import { describe, expect, test } from "vitest";
import * as z from "zod";
import { minimalBody, valuesOf } from "../src/minimal-body.ts";
import { APIS, operationsOf } from "./apis.ts";

describe.each(APIS.map((spoken) => ({ id: spoken.api.id, spoken })))("$id", ({ spoken }) => {
  const { api, schemas, validateBody } = spoken;
  const named = new Map<string, unknown>(Object.entries(schemas));
  const rows = operationsOf(api).flatMap((operation) => {
    const schema = named.get(api.operations[operation]?.body ?? "");
    return schema instanceof z.ZodType ? [{ operation, schema }] : [];
  });

  test.each(rows)(
    "$operation: the least body is valid, holds nothing foreign and is always the same",
    (row) => {
      const body = minimalBody(row.schema, valuesOf({}));
      expect(validateBody(row.operation as never, body, { strict: true })).toMatchObject({ ok: true }); // an operation of the API
      expect(minimalBody(row.schema, valuesOf({}))).toEqual(body);
    },
  );
});

const money = z.looseObject({ amount: z.string().regex(/^\d+$/), currency: z.enum(["EUR", "USD"]) });

type Row = [why: string, schema: z.ZodType, known: object, body: unknown];

test.each<Row>([
  ["specimens, and the first of an enumeration", money, {}, { amount: "1", currency: "EUR" }],
  ["what is known", money, { amount: "7", currency: "USD" }, { amount: "7", currency: "USD" }],
  ["not what is known and does not fit", money, { amount: "a lot" }, { amount: "1", currency: "EUR" }],
  ["what is known from deeper down", money, { fee: { amount: "7" } }, { amount: "7", currency: "EUR" }],
  [
    "what is known nearest to the root",
    money,
    { fee: { amount: "7" }, amount: "8" },
    { amount: "8", currency: "EUR" },
  ],
  [
    "of a known object only what the schema describes",
    z.looseObject({ fee: money }),
    { fee: { more: 1, amount: "7" } },
    { fee: { amount: "7", currency: "EUR" } },
  ],
  ["nothing that is optional", z.looseObject({ note: z.string().optional() }), { note: "?" }, {}],
  ["one item of a list", z.array(money).min(1), {}, [{ amount: "1", currency: "EUR" }]],
  ["the first of several forms", z.union([money, z.string()]), {}, { amount: "1", currency: "EUR" }],
  ["what both parts take", z.intersection(z.string(), z.unknown()), {}, "1"],
])("the least body holds %s", (_why, schema, known, body) => {
  expect(minimalBody(schema, valuesOf(known))).toEqual(body);
});

test("a schema that no specimen fits is named", () => {
  const schema = z.looseObject({ colour: z.string().regex(/^#f00$/) });
  expect(() => minimalBody(schema, valuesOf({}))).toThrow("no specimen will do for the member colour");
});
