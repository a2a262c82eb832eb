import { P, T, type Case, type Expected } from "./case.ts";

const Q = "application/vnd.interoperability.quotes+json";
const UNKNOWN: Expected = { status: 404, errorCode: "3002" };
const NO_ACCEPT: Expected = { status: 400, errorCode: "3102" };

// A PUT that would be taken if it reached the handler of quotes.
function put(path: string, expected: Expected, why: string, more: Partial<Case> = {}): Case {
  return {
    offer: { quotes: ["1.0"], transfers: ["1.0"] },
    method: "PUT",
    path,
    headers: [["Content-Type", `${Q};version=1.0`]],
    expected,
    why,
    ...more,
  };
}

/** Methods, paths and dialects. API Definition 1.1 where a row names a bare section. */
export const ROUTE_CASES: readonly Case[] = [
  ...["GET", "POST", "DELETE"].map((method): Case => ({
    offer: { participants: ["1.0", "1.1"] },
    method,
    path: "/participants/MSISDN/123",
    headers: [["Content-Type", `${P};version=1.0`]],
    expected: NO_ACCEPT,
    why: "Table 1: Accept is mandatory in a request",
  })),
  ...["GET", "POST", "DELETE"].map((method): Case => ({
    offer: { participants: ["1.0", "1.1"] },
    method,
    path: "/participants/MSISDN/123",
    headers: [
      ["Accept", `${P};version=1`],
      ["Content-Type", `${P};version=1.0`],
    ],
    expected: { status: 202, accept: "1.1", content: "1.0" },
    why: "3.3.4.1; a DELETE has a Content-Type and no body (Table 1)",
  })),
  ...["PUT", "PATCH"].flatMap((method): Case[] =>
    [undefined, `${T};version=5`, "nonsense"].map((accept) => ({
      offer: { transfers: ["1.0", "1.1"] },
      method,
      path: "/transfers/1",
      headers: [
        ...(accept === undefined ? [] : ([["Accept", accept]] as const)),
        ["Content-Type", `${T};version=1.0`],
      ],
      expected: { status: 200, content: "1.0" },
      why: "Table 1: Accept is not used in a callback",
    })),
  ),
  {
    offer: { transfers: ["1.0", "1.1"], authorizations: ["1.0"] },
    method: "POST",
    path: "/authorizations",
    headers: [
      ["Accept", "application/vnd.interoperability.authorizations+json;version=1.1"],
      ["Content-Type", "application/vnd.interoperability.authorizations+json;version=1.0"],
    ],
    expected: { status: 406, errorCode: "3001", listed: ["1.0"] },
    why: "3.3, Table 6: versions belong to the resource",
  },
  {
    offer: { parties: ["2.0"] },
    dialect: "iso20022",
    method: "GET",
    path: "/parties/MSISDN/1",
    headers: [
      ["Accept", "application/vnd.interoperability.iso20022.parties+json;version=2"],
      ["Content-Type", "application/vnd.interoperability.iso20022.parties+json;version=2.0"],
    ],
    expected: { status: 202, accept: "2.0", content: "2.0" },
    why: "silent: the infix that Mojaloop's services use",
  },
  {
    offer: { parties: ["2.0"] },
    dialect: "iso20022",
    method: "GET",
    path: "/parties/MSISDN/1",
    headers: [
      ["Accept", "application/vnd.interoperability.parties+json;version=2"],
      ["Content-Type", "application/vnd.interoperability.parties+json;version=2.0"],
    ],
    expected: { status: 406, errorCode: "3001", listed: ["2.0"] },
    why: "decision 3: another dialect is no match",
  },
  put("/health", UNKNOWN, "silent: the application answers", { method: "GET", headers: [] }),
  put("/quotes/1", { status: 200, content: "1.0" }, "the plain path"),
  put("/quotes/1/error", { status: 200, content: "1.0" }, "9.2: an error callback"),
  put("/quotes?x=/transfers", { status: 200, content: "1.0" }, "a query names no resource"),
  put("/quotes/?", { status: 200, content: "1.0" }, "an empty rest"),
  put("/quotesx/1", UNKNOWN, "another name"),
  put("/QUOTES/1", UNKNOWN, "decision 21: letter case"),
  put("/Quotes/1", UNKNOWN, "decision 21: letter case"),
  put("//quotes/1", UNKNOWN, "decision 21: slashes"),
  put("///quotes/1", UNKNOWN, "decision 21: slashes"),
  put("/quotes;x/1", UNKNOWN, "a semicolon, where fastify 4 ends the path"),
  put("/quotes;x=1", UNKNOWN, "a semicolon, where fastify 4 ends the path"),
  put("/quotes%3bx/1", UNKNOWN, "an escaped semicolon"),
  put("/./quotes/1", UNKNOWN, "RFC 3986 5.2.4: a dot segment"),
  put("/x/../quotes/1", UNKNOWN, "RFC 3986 5.2.4: dot segments"),
  put("/x/%2e%2e/quotes/1", UNKNOWN, "RFC 3986 6.2.2.2: escaped dots"),
  put("/transfers/../quotes/1", UNKNOWN, "RFC 3986 5.2.4: from one resource to another"),
  put("/%2fquotes/1", UNKNOWN, "an escaped slash"),
  put("/quotes%2f1", UNKNOWN, "an escaped slash"),
  put("/%2571uotes/1", UNKNOWN, "an escaped escape"),
  put("/\\quotes/1", UNKNOWN, "a URL parser takes a backslash for a slash"),
  put("/__proto__/1", UNKNOWN, "decision 21: just an unknown name"),
  put("/constructor/1", UNKNOWN, "decision 21: just an unknown name"),
  put("/fspiop/quotes/1", { status: 200, content: "1.0" }, "below the base path", { basePath: "/fspiop" }),
  put("/fspiop//quotes/1", UNKNOWN, "slashes below the base path", { basePath: "/fspiop/" }),
  put("/FSPIOP/quotes/1", UNKNOWN, "letter case of the base path", { basePath: "/fspiop" }),
];
