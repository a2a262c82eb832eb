import { describe, expect, test } from "vitest";
import { combineDialects, createNegotiator, type NegotiationEvent } from "../src/index.ts";
import { exchange } from "./support/exchange.ts";
import { FRAMEWORKS } from "./support/servers.ts";

const Q = "application/vnd.interoperability.quotes+json";
const ISO = "application/vnd.interoperability.iso20022.quotes+json";

const events: NegotiationEvent[] = [];
const onNegotiation = (event: NegotiationEvent): void => void events.push(event);
const both = combineDialects({
  fspiop: createNegotiator({ offer: { quotes: ["1.0", "1.1"], parties: ["1.0"] }, onNegotiation }),
  iso20022: createNegotiator({ offer: { quotes: ["2.0"] }, dialect: "iso20022", onNegotiation }),
});

// docs/decisions.md 3: a message in another dialect never matches
const ROWS: [accept: string, contentType: string, path: string, expected: string, why: string][] = [
  [Q, `${Q};version=1.0`, "/quotes", "fspiop 1.1", "FSPIOP alone"],
  [ISO, `${ISO};version=2.0`, "/quotes", "iso20022 2.0", "ISO 20022 alone"],
  [`${ISO}, ${Q}`, `${Q};version=1.0`, "/quotes", "fspiop 1.1", "the body decides"],
  [ISO, `${Q};version=1.0`, "/quotes", "406 1.1", "an FSPIOP body with an ISO 20022 callback"],
  [ISO, "", "/quotes", "400", "Accept decides where there is no body"],
  [`${ISO};version=9`, `${ISO};version=2.0`, "/quotes", "406 2.0", "the versions of its own dialect"],
  [
    "application/vnd.interoperability.iso20022.parties+json",
    "application/vnd.interoperability.iso20022.parties+json;version=2.0",
    "/parties/MSISDN/1",
    "406 1.0",
    "a resource that only FSPIOP offers",
  ],
  ["*/*", "", "/health", "unmanaged", "neither offers it"],
];

describe("combineDialects", () => {
  test.each(ROWS)("Accept %s, Content-Type %s, %s: %s (%s)", (accept, type, url, expected) => {
    events.length = 0;
    const outcome = both.negotiate({ method: "POST", url, headers: { accept, "content-type": type } });
    const listed = outcome.ok ? [] : (outcome.body.errorInformation.extensionList?.extension ?? []);
    const seen = outcome.ok
      ? outcome.managed
        ? `${outcome.dialect} ${outcome.accept ?? ""}`
        : "unmanaged"
      : [outcome.status, ...listed.slice(0, 1).map(({ key, value }) => `${key}.${value}`)].join(" ");
    expect(seen).toBe(expected);
    expect(events).toHaveLength(expected === "unmanaged" ? 0 : 1);
  });

  test("a missing negotiator is found at start", () => {
    // JavaScript callers may pass anything
    expect(() => combineDialects({ fspiop: both } as Parameters<typeof combineDialects>[0])).toThrow(
      "iso20022 is missing",
    );
  });
});

test.each(Object.entries(FRAMEWORKS))("both dialects in one server: %s", async (_name, start) => {
  const { port, close } = await start(both);
  const answers = [];
  for (const [type, version] of [
    [Q, "1.0"],
    [ISO, "2.0"],
  ] as const) {
    const headers = [
      ["Accept", type],
      ["Content-Type", `${type};version=${version}`],
    ] as const;
    answers.push(
      (await exchange(port, { method: "GET", path: "/quotes/1", headers })).headers.get("content-type"),
    );
  }
  await close();
  expect(answers).toEqual([`${Q};version=1.1`, `${ISO};version=2.0`]);
});
