import { describe, expect, test } from "vitest";
import { createNegotiator, type NegotiationEvent, type NegotiatorOptions } from "../src/index.ts";

const T = "application/vnd.interoperability.transfers+json";
const offer = { transfers: ["1.0", "1.1", "2.0"] } as const;

describe("deprecations", () => {
  const { negotiate } = createNegotiator({
    offer,
    deprecations: {
      transfers: {
        "1.0": { date: "2026-01-01", sunset: new Date("2027-01-01"), link: "https://hub.example/upgrade" },
        "1.1": { date: "2030-06-01" },
      },
    },
  });
  const old = {
    deprecation: "@1767225600", // RFC 9745 2.1: a date in seconds of the epoch
    sunset: "Fri, 01 Jan 2027 00:00:00 GMT", // RFC 8594 3: an HTTP date
    link: '<https://hub.example/upgrade>; rel="deprecation"',
  };
  test.each<[accept: string, content: string, headers: Record<string, string>, why: string]>([
    ["1.0", "2.0", old, "the version asked for is deprecated"],
    ["2.0", "1.0", old, "the version written is"],
    ["1.1", "1.0", { deprecation: "@1906502400" }, "of two the one asked for; a future date announces"],
    ["2.0", "2.0", {}, "neither is"],
  ])("accept %s, content %s", (accept, content, headers) => {
    const outcome = negotiate({
      method: "POST",
      url: "/transfers",
      headers: { accept: `${T};version=${accept}`, "content-type": `${T};version=${content}` },
    });
    expect(outcome.ok && outcome.managed && outcome.headers).toEqual({
      "content-type": `${T};version=${accept}`,
      vary: "Accept",
      ...headers,
    });
  });
});

describe("a refusal is ready to send", () => {
  const { negotiate } = createNegotiator({ offer });
  test("in the vendor type, with the newest version and the list, newest minor of each major first", () => {
    const outcome = negotiate({ method: "POST", url: "/transfers", headers: { accept: `${T};version=9` } });
    expect(outcome).toMatchObject({
      ok: false,
      status: 406,
      headers: { "content-type": `${T};version=2.0`, vary: "Accept" },
      body: {
        errorInformation: {
          errorCode: "3001",
          extensionList: {
            extension: [
              { key: "2", value: "0" },
              { key: "1", value: "1" },
              { key: "1", value: "0" },
            ],
          },
        },
      },
    });
  });

  test("an unsupported body gets an Accept header with the versions that would be accepted (RFC 9110 12.5.1)", () => {
    const outcome = negotiate({
      method: "PUT",
      url: "/transfers/1",
      headers: { "content-type": `${T};version=9.0` },
    });
    expect(outcome.ok || outcome.headers).toMatchObject({
      accept: `${T};version=2.0, ${T};version=1.1, ${T};version=1.0`,
    });
  });

  test("no description is longer than 128 characters, however long a resource is called (API Definition 7.4.2)", () => {
    const name = "r".repeat(200);
    const long = createNegotiator({ offer: { [name]: ["1.0"] } });
    for (const accept of ["", "x", "*/*"]) {
      const outcome = long.negotiate({ method: "POST", url: `/${name}`, headers: { accept } });
      expect(outcome.ok || outcome.body.errorInformation.errorDescription.length).toBeLessThanOrEqual(128);
    }
  });
});

describe("headers in any of the forms a server has them", () => {
  const { negotiate } = createNegotiator({ offer });
  test.each<[form: string, headers: Parameters<typeof negotiate>[0]["headers"]]>([
    ["Node's object", { accept: T, "content-type": `${T};version=1.0`, "fspiop-source": "dfspa" }],
    [
      "an object in other letters",
      { Accept: T, "Content-Type": `${T};version=1.0`, "FSPIOP-SOURCE": "dfspa" },
    ],
    [
      "an object with lists",
      { accept: [T, "text/html"], "content-type": `${T};version=1.0`, "fspiop-source": ["dfspa"] },
    ],
    ["the raw list", ["ACCEPT", T, "content-Type", `${T};version=1.0`, "FSPIOP-Source", "dfspa"]],
    [
      "pairs",
      [
        ["accept", T],
        ["Content-Type", `${T};version=1.0`],
        ["fspiop-source", "dfspa"],
      ],
    ],
  ])("%s", (_form, headers) => {
    expect(negotiate({ method: "POST", url: "/transfers", headers })).toMatchObject({
      ok: true,
      resource: "transfers",
      accept: "2.0",
      content: "1.0",
      dialect: "fspiop",
      source: "dfspa",
      callbackContentType: `${T};version=2.0`,
    });
  });
});

describe("events", () => {
  function eventsOf(
    messages: readonly { url: string; accept?: string; content?: string }[],
  ): NegotiationEvent[] {
    const events: NegotiationEvent[] = [];
    const { negotiate } = createNegotiator({ offer, onNegotiation: (event) => events.push(event) });
    for (const { url, accept, content } of messages) {
      negotiate({
        method: "POST",
        url,
        headers: { accept, "content-type": content, "fspiop-source": "dfspa" },
      });
    }
    return events;
  }

  test("tell resource, asked, agreed, participant and outcome", () => {
    const fine = `${T};version=1.0`;
    expect(
      eventsOf([
        { url: "/transfers", accept: `${T};version=1`, content: fine },
        { url: "/transfers", content: fine },
        { url: "/transfers", accept: "x", content: fine },
        { url: "/transfers", accept: `${T};version=9`, content: fine },
        { url: "/transfers", accept: T, content: `${T};version=9.0` },
        { url: "/transfers", accept: T, content: "x" },
        { url: "/TRANSFERS", accept: T, content: fine },
        { url: "/health" },
      ]).map(({ asked, agreed, content, outcome, participant }) => [
        asked,
        agreed,
        content,
        outcome,
        participant,
      ]),
    ).toEqual([
      [`${T};version=1`, "1.1", "1.0", "agreed", "dfspa"],
      [undefined, undefined, undefined, "missing", "dfspa"],
      ["x", undefined, undefined, "malformed", "dfspa"],
      [`${T};version=9`, undefined, undefined, "unacceptable", "dfspa"],
      [T, undefined, undefined, "unsupported", "dfspa"],
      [T, undefined, undefined, "malformed", "dfspa"],
      [T, undefined, undefined, "disguised", "dfspa"],
    ]);
  });

  test("a listener that throws changes nothing but a warning", async () => {
    const warned = new Promise<Error>((resolve) => process.once("warning", resolve));
    const { negotiate } = createNegotiator({
      offer,
      onNegotiation: () => {
        throw new Error("full disk");
      },
    });
    expect(
      negotiate({ method: "PUT", url: "/transfers/1", headers: { "content-type": `${T};version=1.0` } }).ok,
    ).toBe(true);
    expect((await warned).message).toBe("full disk");
  });
});

test("update swaps everything at once, and keeps the old options where the new ones are wrong", () => {
  const negotiator = createNegotiator<NegotiatorOptions["offer"]>({ offer: { transfers: ["1.0"] } });
  const agreed = (): string => {
    const outcome = negotiator.negotiate({
      method: "POST",
      url: "/transfers",
      headers: { accept: T, "content-type": `${T};version=1.0` },
    });
    return outcome.ok ? (outcome.managed ? (outcome.accept ?? "-") : "unmanaged") : String(outcome.status);
  };
  expect(agreed()).toBe("1.0");
  negotiator.update({ offer: { transfers: ["1.0", "1.1"] } });
  expect(agreed()).toBe("1.1");
  expect(() => negotiator.update({ offer: { transfers: ["1.0", "x"] as never } })).toThrow(
    "offer.transfers[1]",
  );
  expect(agreed()).toBe("1.1");
  negotiator.update({ offer: { quotes: ["1.0"] } });
  expect(agreed()).toBe("unmanaged");
});
