import { describe, expect, test } from "vitest";
import { createNegotiator, fromProtocolVersions, offerOf } from "../src/index.ts";

// API objects as @mojaloop-versioning/types has them: API Definition 1.0 and 1.1, Table 6
const v1_0 = {
  id: "fspiop/1.0",
  dialect: "fspiop",
  resources: { transfers: "1.0", authorizations: "1.0" },
} as const;
const v1_1 = {
  id: "fspiop/1.1",
  dialect: "fspiop",
  resources: { transfers: "1.1", authorizations: "1.0" },
} as const;
const v2_0 = {
  id: "fspiop/2.0",
  dialect: "fspiop",
  resources: { transfers: "2.0", authorizations: "1.0", fxQuotes: "2.0" },
} as const;
const iso = { id: "fspiop/2.0-iso20022", dialect: "iso20022", resources: { transfers: "2.0" } } as const;

describe("offerOf", () => {
  test("one API version", () => {
    expect(offerOf(v1_1)).toEqual({ transfers: ["1.1"], authorizations: ["1.0"] });
  });

  test("a range of them: each resource has its own list, authorizations stays 1.0", () => {
    expect(offerOf([v1_0, v1_1, v2_0])).toEqual({
      transfers: ["2.0", "1.1", "1.0"],
      authorizations: ["1.0"],
      fxQuotes: ["2.0"],
    });
  });

  test("is an offer", () => {
    const { negotiate } = createNegotiator({ offer: offerOf([v1_0, v1_1]) });
    const A = "application/vnd.interoperability.authorizations+json";
    const outcome = negotiate({
      method: "GET",
      url: "/authorizations/1",
      headers: { accept: `${A};version=1.1` },
    });
    expect(outcome).toMatchObject({ status: 406 });
  });

  test.each<[apis: unknown, message: string]>([
    [[], "apis is []"],
    [undefined, "apis[0] is missing"],
    [[v1_0, { id: "x" }], 'apis[1] is {"id":"x"}'],
    [{ resources: { transfers: "x" } }, 'apis[0].resources.transfers is "x"'],
    [[v2_0, iso], "apis mixes the dialects"],
  ])("%j is refused", (apis, message) => {
    // plain JavaScript may pass anything
    expect(() => offerOf(apis as typeof v1_0)).toThrow(message);
  });
});

describe("fromProtocolVersions", () => {
  // The shape of config/default.json of ml-api-adapter, quoting-service and account-lookup-service
  const CONFIG = {
    CONTENT: { DEFAULT: "2.0", VALIDATELIST: ["1.0", "1.1", "2.0"] },
    ACCEPT: { DEFAULT: "2", VALIDATELIST: ["1", "1.0", "1.1", "2", "2.0"] },
  };

  test("a service's configuration becomes options for the resources that were checked so far", () => {
    const { offer, content } = fromProtocolVersions(CONFIG);
    expect(offer["transfers"]).toEqual(["1.0", "1.1", "2.0"]);
    expect(content["fxQuotes"]).toEqual(["1.0", "1.1", "2.0"]);
    expect(Object.keys(offer)).toHaveLength(10);
  });

  test.each<[accept: unknown, offered: string[], why: string]>([
    [["1"], ["1.0", "1.1"], "a bare major is its minors, which the Content-Type list names"],
    [["3"], ["3.0"], "and minor 0 where none is named"],
    [["1.1"], ["1.1"], "a version is itself"],
    ['["1.0","2.0"]', ["1.0", "2.0"], "a JSON text, as an environment variable brings it"],
    [[1, 2], ["1.0", "1.1", "2.0"], "numbers, as YAML may bring them"],
  ])("%j gives %j: %s", (VALIDATELIST, offered) => {
    const { offer } = fromProtocolVersions({ ...CONFIG, ACCEPT: { VALIDATELIST } }, ["quotes"]);
    expect(offer).toEqual({ quotes: offered });
  });

  test.each<[config: unknown, message: string]>([
    [{ ...CONFIG, ACCEPT: undefined }, "PROTOCOL_VERSIONS.ACCEPT.VALIDATELIST is missing"],
    [{ ...CONFIG, CONTENT: { VALIDATELIST: [] } }, "PROTOCOL_VERSIONS.CONTENT.VALIDATELIST is []"],
    [{ ...CONFIG, CONTENT: { VALIDATELIST: ["1.x"] } }, 'PROTOCOL_VERSIONS.CONTENT.VALIDATELIST is ["1.x"]'],
    [{ ...CONFIG, CONTENT: { VALIDATELIST: "1.0" } }, 'PROTOCOL_VERSIONS.CONTENT.VALIDATELIST is "1.0"'],
  ])("%j is refused", (config, message) => {
    // configuration: nobody has checked it
    expect(() => fromProtocolVersions(config as typeof CONFIG)).toThrow(message);
  });
});
