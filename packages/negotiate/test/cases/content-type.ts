import { contentCases, P, T, type Case } from "./case.ts";

const MALFORMED = "400 3101";
const Q = "application/vnd.interoperability.quotes+json";

/** What the sender says of the body. API Definition 1.1 where a row names a bare section. */
export const CONTENT_CASES: readonly Case[] = [
  ...contentCases([
    [T, MALFORMED, "Table 1, 3.3.4.2: the version is part of it"],
    [`${T};version=1`, MALFORMED, "3.3.4.2: major and minor"],
    [`${T};version=1.0,${T};version=1.1`, MALFORMED, "RFC 9110 8.3: one media type"],
    ["application/json", MALFORMED, "Table 1: the vendor type"],
    // Rows of our own
    [`${T};version=1.1`, "1.1", "3.3.4.2"],
    [`${T} ;\t version="1.1" ;`, "1.1", "RFC 9110 5.6.6"],
    [`${T};version=1.1`.toUpperCase(), "1.1", "RFC 9110 8.3.1"],
    [`${T};charset=utf-8;version=1.1`, "1.1", "3.1.5: UTF-8 is implied, so it may be said"],
    [`${T};version=1.1;charset="UTF-8"`, "1.1", "RFC 9110 8.3.2: a charset has no letter case"],
    [`${T};version=1.1;charset=iso-8859-1`, MALFORMED, "3.1.5: nothing but UTF-8"],
    [`${T};version=1.1;charset=utf-8;charset=utf-16`, MALFORMED, "decision 22: contradictory"],
    [`${T};version=1.0;version=1.1`, MALFORMED, "decision 22: contradictory versions"],
    [`${T};version=1.1;version=1.1`, "1.1", "decision 22: no contradiction"],
    [
      `${T};version=1.1;q=0.5`,
      "1.1",
      "RFC 9110 8.3: there is no weight here, so it is one of the unknown parameters",
    ],
    [`${T};version=01.1`, MALFORMED, "decision 1: no leading zeros"],
    [`${T};version=1.10`, "406 1.0 1.1", "decision 1: 1.10 is not 1.1"],
    [`${T};version=2.0`, "406 1.0 1.1", "decision 19: unsupported, with the list"],
    ["", "400 3102", "silent: empty is missing"],
    [[], "400 3102", "Table 1: cardinality 1"],
    ["*/*", MALFORMED, "RFC 9110 8.3: a range is no type"],
    [`application/*;version=1.0`, MALFORMED, "RFC 9110 8.3: a range is no type"],
    [`${T.replace("transfers", "iso20022.transfers")};version=1.0`, MALFORMED, "decision 3: another dialect"],
    [`${T};version=1.1,`, MALFORMED, "RFC 9110 8.3: no list"],
    // Several lines: Node's own object keeps the first alone
    [[`${T};version=1.1`, `${T};version=1.1`], "1.1", "decision 22: the same twice is no contradiction"],
    [[`${T};version=1.1`, `${T}; version="1.1"`], "1.1", "decision 22: the same in other words"],
    [[`${T};version=1.1`, `${T};version=1.0`], MALFORMED, "decision 22: contradictory lines"],
    [[`${T};version=1.1`, "application/json"], MALFORMED, "decision 22: contradictory lines"],
    [[`${T};version=1.1`, `${T};version=9.0`], MALFORMED, "decision 22: contradictory lines"],
    [[`${T};version=9.0`, `${T};version=1.1`], MALFORMED, "decision 22: contradictory lines"],
  ]),
  {
    offer: { transfers: ["1.0", "1.1"] },
    method: "POST",
    path: "/transfers",
    headers: [
      ["Accept", `${T};version=1.1`],
      ["Content-Type", `${T};version=1.0`],
    ],
    expected: { status: 202, accept: "1.1", content: "1.0" },
    why: "Table 1, 3.3.4.2: the body and its callback may differ",
  },
  ...[" ; ", ";  "].map((separator): Case => ({
    offer: { transfers: ["1.0", "1.1"] },
    method: "POST",
    path: "/transfers",
    headers: [
      ["Accept", `${T};version=1`],
      ["Content-Type", `${T}${separator}version=1.0`],
    ],
    expected: { status: 202, accept: "1.1", content: "1.0" },
    why: "RFC 9110 5.6.6: blanks around the semicolon",
  })),
  {
    offer: { parties: ["1.0", "1.1"] },
    method: "PUT",
    path: "/parties/MSISDN/1",
    headers: [["Content-Type", "application/vnd.interoperability.test+json;version=1.1"]],
    expected: { status: 400, errorCode: "3101" },
    why: "Table 1: the resource's own type",
  },
  {
    offer: { participants: ["1.0", "1.1"] },
    method: "PUT",
    path: "/participants/MSISDN/12346",
    headers: [["Content-Type", `${P};version=5.0`]],
    expected: { status: 406, errorCode: "3001", listed: ["1.0", "1.1"] },
    why: "silent: every Mojaloop service answers so",
  },
  {
    offer: { participants: ["1.0", "1.1"] },
    method: "GET",
    path: "/participants/MSISDN/1",
    headers: [["Accept", `${P};version=1`]],
    expected: { status: 400, errorCode: "3102" },
    why: "Table 1: cardinality 1, on GET too",
  },
  {
    offer: { transfers: ["1.0"], quotes: ["1.0"] },
    method: "POST",
    path: "/transfers",
    headers: [["Content-Type", `${Q};version=9.0`]],
    expected: { status: 400, errorCode: "3102" },
    why: "decision 16: Accept is judged before Content-Type",
  },
];
