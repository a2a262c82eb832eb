import { expect, test } from "vitest";
import { callbackPathOf } from "../src/index.ts";

type Row = [method: string, path: string, body: unknown, callback: string | undefined, why: string];

test.each<Row>([
  ["POST", "/quotes", { quoteId: "q1" }, "/quotes/q1", "API Definition 6.5.3.1"],
  ["POST", "/transfers", { transferId: "t1" }, "/transfers/t1", "API Definition 6.7.3.2"],
  ["POST", "/participants", { requestId: "r1" }, "/participants/r1", "API Definition 6.2.3.2"],
  ["POST", "/fxQuotes", { conversionRequestId: "c1" }, "/fxQuotes/c1", "FSPIOP API 2.0, fxQuotes"],
  ["POST", "/participants/MSISDN/1", {}, "/participants/MSISDN/1", "the path itself names the party"],
  ["GET", "/parties/MSISDN/1", undefined, "/parties/MSISDN/1", "API Definition 6.3.3.1"],
  ["GET", "/authorizations/a1?amount=1", undefined, "/authorizations/a1", "a callback has no query"],
  ["POST", "/quotes", { CdtTrfTxInf: { PmtId: { TxId: "u1" } } }, "/quotes/u1", "ISO 20022, pacs.081"],
  ["POST", "/quotes", { CdtTrfTxInf: { PmtId: "u1" } }, undefined, "no id deeper down"],
  ["POST", "/quotes", {}, undefined, "no id, no callback"],
  ["POST", "/quotes", { quoteId: 1 }, undefined, "an id is a text"],
  ["POST", "/quotes", null, undefined, "no body, no id"],
  ["POST", "/quotes", Object.create({ quoteId: "q1" }), undefined, "only own members are read"],
  ["POST", "/quotes", { quoteId: "a/b" }, "/quotes/a%2Fb", "an id stays one segment"],
  ["POST", "/constructor", { constructor: "x" }, undefined, "only the resources of FSPIOP"],
])("the answer to %s %s %j goes to %s: %s", (method, path, body, callback) => {
  expect(callbackPathOf(method, path, body)).toBe(callback);
});
