import { expect, test } from "vitest";
import {
  createOperationMatcher,
  fillPath,
  kindOf,
  resourceOf,
  type Operation,
  type OperationKind,
} from "../src/index.ts";

const OPERATIONS = [
  "POST /transfers",
  "GET /transfers/{ID}",
  "PUT /transfers/{ID}",
  "PUT /transfers/{ID}/error",
  "PATCH /transfers/{ID}",
  "PUT /participants/{ID}",
  "PUT /participants/{ID}/error",
  "PUT /participants/{Type}/{ID}",
  "PUT /participants/{Type}/{ID}/error",
  "PUT /participants/{Type}/{ID}/{SubId}",
] as const;

test.each<[Operation, OperationKind, resource: string]>([
  ["GET /parties/{Type}/{ID}", "request", "parties"],
  ["POST /transfers", "request", "transfers"],
  ["DELETE /participants/{Type}/{ID}", "request", "participants"],
  ["PUT /transfers/{ID}", "callback", "transfers"],
  ["PUT /transfers/{ID}/error", "errorCallback", "transfers"],
  ["PATCH /transfers/{ID}", "notification", "transfers"],
])("%s is a %s of %s (API Definition 3.2.2, 9.2)", (operation, kind, resource) => {
  expect(kindOf(operation)).toBe(kind);
  expect(resourceOf(operation)).toBe(resource);
});

type Row = [
  method: string,
  path: string,
  operation: string | undefined,
  params: Record<string, string>,
  why: string,
];

test.each<Row>([
  ["POST", "/transfers", "POST /transfers", {}, "literal"],
  ["GET", "/transfers/a%20b", "GET /transfers/{ID}", { ID: "a b" }, "values are decoded (RFC 3986 2.1)"],
  ["PUT", "/transfers/1/error", "PUT /transfers/{ID}/error", { ID: "1" }, "error callback (9.2)"],
  [
    "PUT",
    "/participants/1/error",
    "PUT /participants/{ID}/error",
    { ID: "1" },
    "a literal wins over {Type}/{ID}",
  ],
  [
    "PUT",
    "/participants/MSISDN/1",
    "PUT /participants/{Type}/{ID}",
    { Type: "MSISDN", ID: "1" },
    "two parameters",
  ],
  [
    "PUT",
    "/participants/MSISDN/1/error",
    "PUT /participants/{Type}/{ID}/error",
    { Type: "MSISDN", ID: "1" },
    "6.2.2.5",
  ],
  [
    "PUT",
    "/participants/A/error/B",
    "PUT /participants/{Type}/{ID}/{SubId}",
    { Type: "A", ID: "error", SubId: "B" },
    "back out of a literal",
  ],
  ["POST", "/transfers/1", undefined, {}, "no such operation"],
  ["PUT", "/transfers/", undefined, {}, "an empty segment is no id"],
  ["PUT", "/transfers/%E0%A4%A", undefined, {}, "broken percent-encoding"],
  ["GET", "/__proto__/1", undefined, {}, "just an unknown resource"],
])("%s %s", (method, path, operation, params) => {
  const match = createOperationMatcher(OPERATIONS)(method, path);
  expect(match?.operation).toBe(operation);
  if (match) expect(match.params).toEqual(params);
});

test.each<
  [template: string, params: Record<string, string | number>, query: Record<string, string>, path: string]
>([
  ["/transfers/{ID}", { ID: "a b/c" }, {}, "/transfers/a%20b%2Fc"],
  ["/parties/{Type}/{ID}", { Type: "MSISDN", ID: 256 }, {}, "/parties/MSISDN/256"],
  ["/parties/{Type}/{ID}", { Type: "MSISDN" }, {}, "/parties/MSISDN/"],
  ["/things/{constructor}", {}, {}, "/things/"],
  [
    "/participants/{Type}/{ID}",
    { Type: "IBAN", ID: "1" },
    { currency: "US D" },
    "/participants/IBAN/1?currency=US+D",
  ],
])("%s of %j with the query %j is %4$s", (template, params, query, path) => {
  expect(fillPath(template, params, query)).toBe(path);
});
