import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  callbackHeaders,
  createCallbackContext,
  createNegotiator,
  formatCallbackContext,
  parseCallbackContext,
  requestHeaders,
  type CallbackContext,
} from "../src/index.ts";
import { isFspId } from "@mojaloop-versioning/protocol";

const T = "application/vnd.interoperability.transfers+json";
const date = new Date("2026-11-21T09:00:00Z");
const DATE = "Sat, 21 Nov 2026 09:00:00 GMT";

function agree(method: string, headers: Record<string, string>): Parameters<typeof createCallbackContext>[0] {
  const { negotiate } = createNegotiator({ offer: { transfers: ["1.0", "1.1", "2.0"] } });
  const outcome = negotiate({ method, url: "/transfers/1", headers });
  if (!outcome.ok || !outcome.managed) throw new Error("the message of this test is agreed on");
  return outcome;
}

describe("the context of a request", () => {
  test("has the version asked for, and the requester", () => {
    const agreement = agree("POST", {
      accept: `${T};version=1`,
      "content-type": `${T};version=2.0`,
      "fspiop-source": "dfspa",
    });
    expect(createCallbackContext(agreement, "b51ec534")).toEqual({
      resource: "transfers",
      version: "1.1",
      dialect: "fspiop",
      requester: "dfspa",
      id: "b51ec534",
    });
  });

  test("of a PUT has the version of its body, for an error callback", () => {
    expect(createCallbackContext(agree("PUT", { "content-type": `${T};version=1.0` }))).toEqual({
      resource: "transfers",
      version: "1.0",
      dialect: "fspiop",
    });
  });

  const version = fc.tuple(fc.nat(), fc.nat()).map(([major, minor]) => `${major}.${minor}` as const);
  const CHARACTERS = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i)).replace(
    /[/\\]/g,
    "",
  );
  const member = fc
    .string({ unit: fc.constantFrom(...Array.from(CHARACTERS)), minLength: 1, maxLength: 32 })
    .filter((text) => isFspId(text));
  const contexts = fc.record(
    {
      resource: fc.stringMatching(/^[A-Za-z]{1,20}$/),
      version,
      dialect: fc.constantFrom("fspiop" as const, "iso20022" as const),
      requester: member,
      id: member,
    },
    { requiredKeys: ["resource", "version", "dialect"], noNullPrototype: true },
  );

  test("comes back from its text, which is short and printable ASCII", () => {
    fc.assert(
      fc.property(contexts, (context: CallbackContext) => {
        const text = formatCallbackContext(context);
        expect(text).toMatch(/^[\x20-\x7e]*$/);
        expect(parseCallbackContext(text)).toEqual({ ok: true, context });
      }),
    );
  });

  // Everything that parse refuses, format refuses too.
  test.each<[member: Partial<CallbackContext>, reason: RegExp]>([
    [{ requester: "" }, /requester/],
    [{ requester: "x".repeat(33) }, /requester/],
    [{ requester: "a\tb" }, /requester/],
    [{ requester: "bänk" }, /requester/],
    [{ id: "" }, /id cannot be one path segment/],
    [{ id: "../admin" }, /id cannot be one path segment/],
    [{ id: ".." }, /id cannot be one path segment/],
    [{ id: "a\\b" }, /id cannot be one path segment/],
    [{ id: "a\r\nb" }, /id cannot be one path segment/],
    [{ id: "😀" }, /id cannot be one path segment/],
    [{ id: "x".repeat(129) }, /id cannot be one path segment/],
    [{ resource: "r".repeat(65) }, /resource/],
    [{ version: "1" as "1.0" }, /version/],
    [{ version: `1.${"9".repeat(1100)}` as "1.0" }, /longer than 1024/],
  ])("cannot be written with %j", (member, reason) => {
    const context = { resource: "transfers", version: "1.0", dialect: "fspiop", ...member } as const;
    expect(() => formatCallbackContext(context)).toThrow(reason);
    expect(parseCallbackContext(JSON.stringify(context)).ok).toBe(false);
  });

  test.each<[text: string, reason: RegExp]>([
    ["", /not JSON/],
    ["7", /not an object/],
    ["[]", /not an object/],
    ["null", /not an object/],
    ["{}", /resource/],
    ['{"resource":"../x","version":"1.0","dialect":"fspiop"}', /resource/],
    ['{"resource":"transfers","version":"1","dialect":"fspiop"}', /version/],
    ['{"resource":"transfers","version":"1.0","dialect":"soap"}', /dialect/],
    ['{"resource":"transfers","version":"1.0","dialect":"fspiop","requester":"a\\r\\nb: c"}', /requester/],
    ['{"resource":"transfers","version":"1.0","dialect":"fspiop","id":7}', /id/],
    [`{"resource":"transfers","version":"1.0","dialect":"fspiop","id":"${"x".repeat(300)}"}`, /id/],
    [" ".repeat(2000), /longer than 1024/],
  ])("is refused where its text is %s", (text, reason) => {
    expect(parseCallbackContext(text)).toEqual({
      ok: false,
      reason: expect.stringMatching(reason) as string,
    });
  });

  test("is read from any text without a throw, and keeps no foreign member", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => !parseCallbackContext(text).ok));
    const text = '{"resource":"transfers","version":"1.0","dialect":"fspiop","__proto__":{"x":1},"x":1}';
    expect(parseCallbackContext(text)).toEqual({
      ok: true,
      context: { resource: "transfers", version: "1.0", dialect: "fspiop" },
    });
  });
});

// API Definition 3.2.1, Table 1: which header goes on which message
describe("the headers of what goes out", () => {
  test("a request has an Accept, its majors without a blank between them", () => {
    expect(
      requestHeaders(
        { resource: "transfers", content: "1.1", accept: ["1", "2"] },
        { source: "hub", destination: "dfspb", date },
      ),
    ).toEqual({
      accept: `${T};version=1,${T};version=2`,
      "content-type": `${T};version=1.1`,
      date: DATE,
      "fspiop-source": "hub",
      "fspiop-destination": "dfspb",
    });
  });

  test("a request that says nothing else can take its own version back, and needs no destination", () => {
    expect(requestHeaders({ resource: "transfers", content: "1.1" }, { source: "hub", date })).toEqual({
      accept: `${T};version=1.1`,
      "content-type": `${T};version=1.1`,
      date: DATE,
      "fspiop-source": "hub",
    });
  });

  // API Definition 3.3.4.2
  test("a callback has the agreed version and no Accept, whatever version the hub prefers", () => {
    const agreement = agree("POST", {
      accept: `${T};version=1`,
      "content-type": `${T};version=2.0`,
      "fspiop-source": "dfspa",
    });
    expect(callbackHeaders(createCallbackContext(agreement), { source: "hub", date })).toEqual({
      "content-type": `${T};version=1.1`,
      date: DATE,
      "fspiop-source": "hub",
      "fspiop-destination": "dfspa",
    });
  });

  test("a callback in the dialect of its request, to another destination where one is given", () => {
    const context = { resource: "quotes", version: "2.0", dialect: "iso20022", requester: "dfspa" } as const;
    expect(callbackHeaders(context, { source: "hub", destination: "proxy", date })).toMatchObject({
      "content-type": "application/vnd.interoperability.iso20022.quotes+json;version=2.0",
      "fspiop-destination": "proxy",
    });
  });

  test("the date is now unless one is given", () => {
    const { date: written = "" } = callbackHeaders(
      { resource: "quotes", version: "1.0", dialect: "fspiop" },
      { source: "hub" },
    );
    expect(Math.abs(Date.parse(written) - Date.now())).toBeLessThan(60_000);
  });
});
