import { describe, expect, test } from "vitest";
import { createNegotiator, type NegotiationEvent, type NegotiatorOptions } from "../src/index.ts";

const T = "application/vnd.interoperability.transfers+json";
const offer = { transfers: ["1.0", "1.1", "2.0"] } as const;

describe("a mistake in the options is found at start, with its path and what would be right", () => {
  test.each<[options: unknown, message: RegExp]>([
    [undefined, /^options are missing; pass \{ offer/],
    [{}, /^offer is missing; write resources with their versions/],
    [{ offer: ["transfers"] }, /^offer is \["transfers"\]/],
    [{ offer: {} }, /^offer is \{\}; name at least one resource/],
    [{ offer: { transfers: "1.0" } }, /^offer\.transfers is "1\.0"; list at least one version/],
    [{ offer: { transfers: [] } }, /^offer\.transfers is \[\]/],
    [{ offer: { transfers: ["1.0", "v2"] } }, /^offer\.transfers\[1\] is "v2"; write the version as text/],
    [{ offer: { transfers: ["1.0", 2] } }, /^offer\.transfers\[1\] is 2; /],
    [{ offer: { transfers: ["01.0"] } }, /^offer\.transfers\[0\] is "01\.0"/],
    [{ offer: { "/transfers": ["1.0"] } }, /^offer names the resource "\/transfers"; .* first segment/],
    [{ offer, content: { transfers: ["x"] } }, /^content\.transfers\[0\] is "x"/],
    [{ offer, dialect: "iso" }, /^dialect is "iso"; it is one of "fspiop", "iso20022"/],
    [{ offer, wildcard: true }, /^wildcard is true; it is one of "accept", "reject"/],
    [{ offer, callbackAccept: "refuse" }, /^callbackAccept is "refuse"; it is one of "ignore", "reject"/],
    [{ offer, prefer: "newest" }, /^prefer is "newest"; it is one of "client", "server"/],
    [{ offer, legacyStatus: "yes" }, /^legacyStatus is "yes"; it is one of false, true/],
    [{ offer, unmanaged: "drop" }, /^unmanaged is "drop"; it is one of "pass", "refuse"/],
    [
      { offer, bodylessContentType: "no" },
      /^bodylessContentType is "no"; it is one of "require", "optional"/,
    ],
    [{ offer, basePath: "fspiop" }, /^basePath is "fspiop"; write a path, like "\/fspiop"/],
    [{ offer, onNegotiation: {} }, /^onNegotiation is \{\}; pass a function/],
    [{ offer, offers: {} }, /^offers is no option; there are offer, content, /],
    [
      { offer, deprecations: { quotes: {} } },
      /^deprecations\.quotes is not in the offer, which has transfers/,
    ],
    [
      { offer, deprecations: { transfers: { "3.0": { date: "2026-01-01" } } } },
      /^deprecations\.transfers\["3\.0"\] is not in the offer of transfers, which has 2\.0, 1\.1, 1\.0/,
    ],
    [
      { offer, deprecations: { transfers: { "1.0": { date: "soon" } } } },
      /^deprecations\.transfers\["1\.0"\]\.date is "soon"; write a date/,
    ],
    [
      { offer, deprecations: { transfers: { "1.0": { date: "2026-02-01", sunset: "2026-01-01" } } } },
      /^deprecations\.transfers\["1\.0"\]\.sunset lies before/,
    ],
    [
      { offer, deprecations: { transfers: { "1.0": { date: "2026-02-01", link: "a>\r\nb" } } } },
      /^deprecations\.transfers\["1\.0"\]\.link is .*; write a URL/,
    ],
  ])("%j", (options, message) => {
    // plain JavaScript may pass anything
    const create = (): unknown => createNegotiator(options as NegotiatorOptions);
    expect(create).toThrow(message);
    expect(create).toThrow(expect.objectContaining({ name: "VersioningError", code: "invalid-option" }));
  });
});

type Ask = readonly [method: string, accept: string | undefined, contentType?: string];

function ask(options: NegotiatorOptions, [method, accept, contentType = `${T};version=1.0`]: Ask): string {
  const outcome = createNegotiator(options).negotiate({
    method,
    url: "/transfers/1",
    headers: [
      ...(accept === undefined ? [] : [["Accept", accept] as const]),
      ...(contentType === "" ? [] : [["Content-Type", contentType] as const]),
    ],
  });
  if (!outcome.ok) return `${outcome.status} ${outcome.errorCode}`;
  return outcome.managed ? `${outcome.accept ?? "-"} ${outcome.content}` : "unmanaged";
}

// Where the texts are silent there is an option (DESIGN 5); the first answer is the default's, the second the option's.
test.each<[option: Partial<NegotiatorOptions>, message: Ask, byDefault: string, withIt: string, why: string]>(
  [
    [{ wildcard: "reject" }, ["POST", "*/*"], "2.0 1.0", "406 3001", "ranges of no resource match nothing"],
    [{ wildcard: "reject" }, ["POST", `${T};version=1, */*`], "1.1 1.0", "1.1 1.0", "and do no harm either"],
    [{ callbackAccept: "reject" }, ["PUT", `${T};version=9`], "- 1.0", "406 3001", "Accept on PUT is judged"],
    [{ callbackAccept: "reject" }, ["PATCH", "nonsense"], "- 1.0", "400 3101", "Accept on PATCH is judged"],
    [{ callbackAccept: "reject" }, ["PUT", undefined], "- 1.0", "- 1.0", "yet none is needed"],
    [
      { prefer: "server" },
      ["POST", `${T};version=1.0, ${T};version=2.0`],
      "1.0 1.0",
      "2.0 1.0",
      "the newest of equals",
    ],
    [
      { prefer: "server" },
      ["POST", `${T};version=1.0, ${T};version=2.0;q=0.9`],
      "1.0 1.0",
      "1.0 1.0",
      "weight still counts",
    ],
    [
      { bodylessContentType: "optional" },
      ["GET", T, ""],
      "400 3102",
      "2.0 2.0",
      "a GET without Content-Type",
    ],
    [
      { bodylessContentType: "optional" },
      ["DELETE", T, ""],
      "400 3102",
      "2.0 2.0",
      "a DELETE without Content-Type",
    ],
    [{ bodylessContentType: "optional" }, ["POST", T, ""], "400 3102", "400 3102", "a body needs one"],
    [
      { bodylessContentType: "optional" },
      ["GET", T, `${T};version=9.0`],
      "406 3001",
      "406 3001",
      "one that is there counts",
    ],
    [{ legacyStatus: true }, ["POST", "*/*"], "2.0 1.0", "400 3101", "as central-services-shared: wildcards"],
    [
      { legacyStatus: true },
      ["POST", "text/html"],
      "406 3001",
      "400 3101",
      "as central-services-shared: foreign types",
    ],
    [
      { legacyStatus: true },
      ["POST", `${T};version=9`],
      "406 3001",
      "406 3001",
      "where the text speaks, it decides",
    ],
    [
      { legacyStatus: true },
      ["PUT", `${T};version=9`],
      "- 1.0",
      "406 3001",
      "as central-services-shared: Accept on PUT",
    ],
    [
      { content: { transfers: ["1.1"] } },
      ["POST", T],
      "2.0 1.0",
      "406 3001",
      "what is read differs from what is spoken",
    ],
    [
      { content: { transfers: ["3.0"] } },
      ["POST", T, `${T};version=3.0`],
      "406 3001",
      "2.0 3.0",
      "and may be newer",
    ],
    [{ basePath: "/api" }, ["POST", T], "2.0 1.0", "unmanaged", "nothing above the base path is managed"],
    [
      { unmanaged: "refuse", basePath: "/api" },
      ["POST", T],
      "2.0 1.0",
      "404 3002",
      "what is not managed is unknown",
    ],
    [{ dialect: "iso20022" }, ["POST", T], "2.0 1.0", "406 3001", "another dialect"],
  ],
)("%j: %j", (option, message, byDefault, withIt) => {
  expect(ask({ offer }, message)).toBe(byDefault);
  expect(ask({ offer, ...option }, message)).toBe(withIt);
});

test("a resource of the content list alone is managed: it is read, but spoken in no version", () => {
  const options = { offer: { quotes: ["1.0"] }, content: { transfers: ["1.0"] } } as const;
  expect(ask(options, ["PUT", undefined])).toBe("- 1.0");
  expect(ask(options, ["POST", T])).toBe("406 3001");
});

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

  test("an unsupported body gets an Accept header with what would do (DESIGN 5 rule 4, RFC 9110 12.5.1)", () => {
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
