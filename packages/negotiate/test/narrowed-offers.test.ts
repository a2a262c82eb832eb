import { describe, expect, test } from "vitest";
import { createNegotiator, parseOffer, type NegotiatorOptions } from "../src/index.ts";

const T = "application/vnd.interoperability.transfers+json";
const offer = { transfers: ["1.0", "1.1", "2.0"], quotes: ["1.0"] } as const;

function ask(
  options: Partial<NegotiatorOptions>,
  [method, url]: readonly [string, string],
  headers: Readonly<Record<string, string>> = {},
): string {
  const outcome = createNegotiator<NegotiatorOptions["offer"]>({ offer, ...options }).negotiate({
    method,
    url,
    headers: { accept: T, "content-type": `${T};version=1.0`, ...headers },
  });
  if (outcome.ok) return outcome.managed ? `${outcome.accept ?? "-"} ${outcome.content}` : "unmanaged";
  const listed = outcome.body.errorInformation.extensionList?.extension ?? [];
  return [outcome.status, ...listed.map(({ key, value }) => `${key}.${value}`)].join(" ");
}

// PATCH /transfers/{ID} exists from transfers 1.1 (API Definition 1.1, 6.7.2.3)
describe("operations", () => {
  const operations = { "PATCH /transfers/{ID}": ["1.1", "2.0"], "GET /transfers/{ID}": ["1.1"] } as const;
  test.each<[message: [string, string], version: string, expected: string, why: string]>([
    [["PATCH", "/transfers/1"], "1.0", "406 2.0 1.1", "1.0 has no PATCH"],
    [["PATCH", "/transfers/1"], "1.1", "- 1.1", "1.1 has it"],
    [["PUT", "/transfers/1"], "1.0", "- 1.0", "other operations keep the versions of the resource"],
    [["PATCH", "/transfers/1/x"], "1.0", "- 1.0", "another template"],
    [["GET", "/transfers/1?a=b"], "1.1", "1.1 1.1", "the latest of this operation answers an open Accept"],
  ])("%j with %s: %s (%s)", (message, version, expected) => {
    expect(ask({ operations }, message, { "content-type": `${T};version=${version}` })).toBe(expected);
  });

  test("the path begins after basePath", () => {
    expect(ask({ operations, basePath: "/fspiop" }, ["PATCH", "/fspiop/transfers/1"])).toBe("406 2.0 1.1");
  });
});

describe("participants", () => {
  const participants = {
    dfspb: { offer: { transfers: ["1.0"] } },
    dfspc: { content: { transfers: ["1.1"] } },
  } as const;
  test.each<[source: string, expected: string, why: string]>([
    ["dfspa", "2.0 1.0", "the general offer"],
    ["dfspb", "1.0 1.0", "its own offer"],
    ["dfspc", "406 1.1", "its own list of bodies"],
  ])("%s: %s (%s)", (source, expected) => {
    expect(ask({ participants }, ["POST", "/transfers"], { "fspiop-source": source })).toBe(expected);
  });

  test("a resource that it does not name keeps the general versions", () => {
    const Q = "application/vnd.interoperability.quotes+json";
    const headers = { accept: Q, "content-type": `${Q};version=1.0`, "fspiop-source": "dfspb" };
    expect(ask({ participants }, ["POST", "/quotes"], headers)).toBe("1.0 1.0");
  });
});

describe("advertise", () => {
  const options = {
    offer,
    advertise: true,
    deprecations: { transfers: { "1.0": { date: "2026-01-01" } } },
  } as const;
  const listed = { "api-supported-versions": "2.0, 1.1", "api-deprecated-versions": "1.0" };

  test("a success lists the supported and the deprecated versions", () => {
    const outcome = createNegotiator(options).negotiate({
      method: "POST",
      url: "/transfers",
      headers: { accept: T, "content-type": `${T};version=1.1` },
    });
    expect(outcome.ok && outcome.headers).toMatchObject(listed);
  });

  test.each<[option: boolean, url: string, headers: object | undefined]>([
    [true, "/transfers", listed],
    [true, "/health", undefined],
    [false, "/transfers", undefined],
  ])("OPTIONS with advertise %s on %s", (advertise, url, headers) => {
    const outcome = createNegotiator({ ...options, advertise }).negotiate({
      method: "OPTIONS",
      url,
      headers: {},
    });
    expect(outcome).toEqual({ ok: true, managed: false, ...(headers && { headers }) });
  });
});

describe("parseOffer", () => {
  test.each<[json: unknown]>([['{"transfers":["1.0","1.1"]}'], [{ transfers: ["1.1", "1"] }]])(
    "%j",
    (json) => {
      expect(parseOffer(json)).toEqual({ transfers: ["1.1", "1.0"] });
    },
  );
  test.each<[json: unknown, message: string]>([
    ["{", "offer is not JSON"],
    ["[]", "offer is []"],
    ["{}", "offer is {}"],
    [undefined, "offer is missing"],
    ['{"transfers":"1.0"}', 'offer.transfers is "1.0"'],
    ['{"transfers":[1.1]}', "offer.transfers[0] is 1.1"],
  ])("%j is refused", (json, message) => {
    expect(() => parseOffer(json)).toThrow(message);
  });
});
