import { fspiopHeaders, versioning } from "@mojaloop-versioning/negotiate/hapi";
import { fromProtocolVersions } from "@mojaloop-versioning/negotiate";
import shared from "@mojaloop/central-services-shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHapi, type Ask, type HapiServer, type HeaderLines } from "./support/hapi-answers.ts";

// central-services-shared 18.38.2 (src/util/hapi/plugins/headerValidation.js) beside our plugins, configured alike, as
// packages/negotiate/MIGRATING.md says.
const T = "application/vnd.interoperability.transfers+json";
const DATE = "Sat, 21 Nov 2026 09:00:00 GMT";
const CONTENT = ["1.0", "1.1", "2.0"];
const ACCEPT = ["1", "1.0", "1.1", "2", "2.0"];

function headers(changed: Readonly<Record<string, string | readonly string[] | undefined>>): HeaderLines {
  const all: Parameters<typeof headers>[0] = {
    Accept: `${T};version=1`,
    "Content-Type": `${T};version=1.0`,
    Date: DATE,
    "FSPIOP-Source": "dfspa",
    ...changed,
  };
  return Object.entries(all).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : (value ?? [])).map((line) => [name, line] as const),
  );
}

const ask = (changed: Parameters<typeof headers>[0], more: Partial<Ask> = {}): Ask => ({
  headers: headers(changed),
  ...more,
});
const put = (changed: Parameters<typeof headers>[0]): Ask =>
  ask(changed, { method: "PUT", path: "/transfers/1" });

// [message, theirs, ours with legacyStatus, ours without, reason of a difference]
type Row = [message: Ask, theirs: string, legacy: string, ours: string, why: string];
const same = (message: Ask, answer: string, why: string): Row => [message, answer, answer, answer, why];

const ROWS: readonly Row[] = [
  same(ask({}), "202", "a correct request"),
  same(ask({ Accept: `${T};version=1.0,${T};version=2` }), "202", "a list without blanks"),
  same(ask({ Accept: `${T} ; version=1.1` }), "202", "one blank on each side of the semicolon"),
  same(ask({ Accept: `${T};version=9` }), "406 3001", "no such version"),
  same(ask({ Accept: undefined }), "400 3102", "Accept is mandatory"),
  same(ask({ Accept: "whatever" }), "400 3101", "no media range"),
  same(ask({ "Content-Type": undefined }), "400 3102", "Content-Type is mandatory"),
  same(ask({ "Content-Type": `${T};version=1` }), "400 3101", "major and minor"),
  same(ask({ "Content-Type": "application/json" }), "400 3101", "not the vendor type"),
  same(ask({ "Content-Type": `${T};version=9.0` }), "406 3001", "no such version of the body"),
  same(put({ Accept: undefined }), "202", "a callback has no Accept"),
  same(ask({ Date: undefined }), "400 3102", "Date is mandatory"),
  same(ask({ Date: "2026-11-21T09:00:00Z" }), "400 3101", "not an HTTP date"),
  same(ask({ Date: "Sun, 21 Nov 2026 09:00:00 GMT" }), "400 3101", "the wrong day of the week"),
  same(ask({ Date: "sat, 21 nov 2026 09:00:00 GMT" }), "202", "letter case of a date"),
  same(ask({ "FSPIOP-Source": undefined }), "202", "no source and no client"),
  same(ask({ "X-Client-Id": "dfspa" }), "202", "the authenticated client"),
  same(ask({ "X-Client-Id": "dfspb" }), "400 3100", "another client"),
  same(ask({ "X-Client-Id": "dfspa", "FSPIOP-Source": undefined }), "400 3100", "a client without a source"),
  same(ask({ "X-Client-Id": "px", "FSPIOP-Proxy": "px" }), "202", "a proxy"),
  same(ask({ "X-Client-Id": "px", "FSPIOP-Proxy": "other" }), "400 3100", "another proxy"),
  same(ask({ "X-Client-Id": "dfspa", "FSPIOP-Proxy": "dfspa" }), "400 3100", "a proxy that is the source"),
  same(ask({}, { path: "/health" }), "202", "no resource of FSPIOP"),
  [
    ask({ Accept: `${T};version=1, ${T};version=2` }),
    "400 3101",
    "202",
    "202",
    "API Definition 3.3.4.1, Listing 3 has a blank",
  ],
  [ask({ Accept: `${T};version=1;q=0.5` }), "400 3101", "202", "202", "RFC 9110 12.4.2: a weight"],
  [ask({ Accept: `${T};  version=1` }), "400 3101", "202", "202", "RFC 9110 5.6.3: two blanks"],
  [ask({ Accept: T.toUpperCase() }), "400 3101", "202", "202", "RFC 9110 8.3.1: no letter case"],
  [ask({ "Content-Type": `${T};version="1.0"` }), "400 3101", "202", "202", "RFC 9110 5.6.6: a quoted value"],
  [
    ask({ "Content-Type": `${T};version=1.0;charset=utf-8` }),
    "400 3101",
    "202",
    "202",
    "API Definition 3.1.5: the charset is UTF-8",
  ],
  [ask({ Accept: T }), "406 3001", "202", "202", "API Definition 3.3.4.1: no version is the latest"],
  [ask({ Accept: "*/*" }), "400 3101", "400 3101", "202", "RFC 9110 12.5.1: matches every type"],
  [
    ask({ Accept: "text/html" }),
    "400 3101",
    "400 3101",
    "406 3001",
    "RFC 9110 15.5.7: well formed, no match",
  ],
  [
    put({ Accept: `${T};version=9` }),
    "406 3001",
    "406 3001",
    "202",
    "API Definition 3.2.1, Table 1: not used in a callback",
  ],
  [ask({ Accept: "" }), "400 3101", "400 3102", "400 3102", "an empty field is a missing one"],
  [ask({ "Content-Type": "" }), "400 3101", "400 3102", "400 3102", "an empty field is a missing one"],
  [ask({ "FSPIOP-Source": "" }), "202", "400 3101", "400 3101", "an empty source cannot receive a callback"],
  [ask({ "FSPIOP-Source": "a\tb" }), "202", "400 3101", "400 3101", "a tab"],
  [ask({ "FSPIOP-Source": "x".repeat(33) }), "202", "400 3101", "400 3101", "FspId has 32 characters"],
  [ask({ "FSPIOP-Source": ["dfspa", "dfspb"] }), "202", "400 3101", "400 3101", "two senders"],
  [
    ask({ "Content-Type": [`${T};version=1.0`, `${T};version=1.1`] }),
    "202",
    "400 3101",
    "400 3101",
    "two versions",
  ],
  same(ask({ Date: [DATE, "Sun, 22 Nov 2026 09:00:00 GMT"] }), "400 3101", "two dates"),
  [
    ask({}, { path: "/x/../transfers" }),
    "202",
    "404 3002",
    "404 3002",
    "only dot segments lead to the resource",
  ],
  [
    ask({ Accept: undefined }, { method: "HEAD", path: "/transfers/1" }),
    "202",
    "400",
    "400",
    "HEAD is not in FSPIOP",
  ],
  [
    ask({ Date: undefined }, { method: "OPTIONS" }),
    "400 3102",
    "202",
    "202",
    "RFC 9110 9.3.7: a browser's preflight has no Date",
  ],
  [
    ask({}, { body: "x".repeat(5_242_881) }),
    "202",
    "400 3104",
    "400 3104",
    "theirs compares with a constant that is not exported, so it refuses nothing",
  ],
];

let theirs: HapiServer, legacy: HapiServer, ours: HapiServer;

beforeAll(async () => {
  const options = fromProtocolVersions(
    { CONTENT: { VALIDATELIST: CONTENT }, ACCEPT: { VALIDATELIST: ACCEPT } },
    ["transfers"],
  );
  const withOurs = (more: object): Parameters<typeof startHapi>[0] => [
    { plugin: fspiopHeaders, options: { resources: ["transfers"], legacyStatus: true, ext: "onPostAuth" } },
    { plugin: versioning, options: { ...options, ext: "onPostAuth", ...more } },
  ];
  theirs = await startHapi([
    {
      plugin: shared.Util.Hapi.FSPIOPHeaderValidation as unknown as Parameters<
        typeof startHapi
      >[0][0]["plugin"], // its declarations name no plugin
      options: {
        resources: ["transfers"],
        supportedProtocolContentVersions: CONTENT,
        supportedProtocolAcceptVersions: ACCEPT,
      },
    },
  ]);
  legacy = await startHapi(withOurs({ legacyStatus: true }));
  ours = await startHapi(withOurs({}));
});

afterAll(() => Promise.all([theirs, legacy, ours].map((server) => server.stop())));

describe("central-services-shared and ours", () => {
  test.each(ROWS.map((row) => ({ row, label: `${row[4]}: ${row[1]}, ${row[2]}, ${row[3]}` })))(
    "$label",
    async ({ row: [message, ...expected] }) => {
      const seen = [];
      for (const server of [theirs, legacy, ours]) seen.push(await server.answer(message));
      expect(seen.map(({ outcome }) => outcome)).toEqual(expected.slice(0, 3));
      // Where all agree, the old description is kept as well.
      if (new Set(expected.slice(0, 3)).size === 1) expect(seen[1]?.description).toBe(seen[0]?.description);
    },
  );
});

test("the plugin's list of accepted versions alone decides which bare major it takes", async () => {
  const exact = await startHapi([
    {
      plugin: shared.Util.Hapi.FSPIOPHeaderValidation as unknown as Parameters<
        typeof startHapi
      >[0][0]["plugin"], // as above
      options: {
        resources: ["transfers"],
        supportedProtocolContentVersions: CONTENT,
        supportedProtocolAcceptVersions: ["1.0", "1.1"],
      },
    },
  ]);
  expect(await exact.answer(ask({ Accept: `${T};version=1` }))).toMatchObject({ outcome: "406 3001" });
  await exact.stop();
});

test('mode "observe" answers as a service without the plugins', async () => {
  const offer = { transfers: ["1.0"] };
  const observing = await startHapi([
    { plugin: fspiopHeaders, options: { mode: "observe" } },
    { plugin: versioning, options: { offer, mode: "observe" } },
  ]);
  for (const [message] of ROWS) {
    if (message.body !== undefined) continue;
    expect(await observing.answer(message)).toMatchObject({ outcome: "202" });
  }
  await observing.stop();
});
