import { afterAll, beforeAll, expect, test } from "vitest";
import type { Version } from "@mojaloop-versioning/protocol";
import { createMemoryStore, type VersionsReport } from "../src/index.ts";
import { fields, postQuote, QUOTE, send, startWire, type Wire } from "./support/wire.ts";

let wire: Wire;
beforeAll(async () => {
  wire = await startWire();
  await postQuote(wire.urls.participants, "1.0", "old");
  await postQuote(wire.urls.participants, "2.0", "mid");
  await postQuote(wire.urls.participants, "2.0", "new");
  await postQuote(wire.urls.participants, "2.0", "new");
});
afterAll(() => wire.close());

async function get(
  path: string,
  accept = "*/*",
): Promise<{ status: number; text: string; type: string | null }> {
  const response = await fetch(wire.urls.operations + path, { headers: { accept } });
  return { status: response.status, text: await response.text(), type: response.headers.get("content-type") };
}

test("/health says that the adapter is there", async () => {
  expect(await get("/health")).toMatchObject({ status: 200, text: '{"status":"ok"}' });
});

test("/metrics counts messages by participant, resource, versions and outcome", async () => {
  const { text } = await get("/metrics");
  const line = (participant: string, from: string, outcome: string): string =>
    `mojaver_adapter_messages_total{side="participants",participant="${participant}",resource="quotes",from="${from}",to="2.0",outcome="${outcome}"}`;
  expect(text).toContain(`${line("old", "1.0", "converted")} 1`);
  expect(text).toContain(`${line("new", "2.0", "passed")} 2`);
  expect(text).toContain('mojaver_adapter_conversion_seconds_count{resource="quotes",from="1.0",to="2.0"} 1');
  expect(text).toContain("mojaver_adapter_in_flight 0");
});

test("a stranger makes no series of his own", async () => {
  await send(wire.urls.participants, "GET", "/quotes/1", fields("GET", "quotes", "1.0", "stranger"));
  expect((await get("/metrics")).text).not.toContain("stranger");
});

test("/versions reports which DFSPs still use 1.x, and when last", async () => {
  const { text, type } = await get("/versions");
  expect(type).toContain("application/json");
  const report = JSON.parse(text) as Awaited<ReturnType<typeof wire.adapter.versions>>; // what it is made of
  const heard = report.participants.filter(({ lastSeen }) => lastSeen !== null);
  expect(
    heard.map(({ participant, version, behind, configured, messages }) => [
      participant,
      version,
      behind,
      configured,
      messages,
    ]),
  ).toEqual([
    ["mid", "2.0", false, false, 1],
    ["new", "2.0", false, true, 2],
    ["old", "1.0", true, true, 1],
  ]);
  expect(report.share).toEqual({ messages: 4, behind: 1 });
  expect(report.affected.map(({ participant, lastSeen }) => [participant, lastSeen !== null])).toEqual([
    ["old", true],
    ["mid", false],
  ]);
  expect(Date.now() - Date.parse(heard[0]?.lastSeen ?? "")).toBeLessThan(60_000);
});

test("compared with 1.1 the report differs, and authorizations, 1.0 everywhere, is never behind", async () => {
  const { participants } = JSON.parse((await get("/versions?below=1.1")).text) as Awaited<
    ReturnType<typeof wire.adapter.versions>
  >; // the same
  expect(new Set(participants.filter(({ behind }) => behind).map(({ participant }) => participant))).toEqual(
    new Set(["old"]),
  );
  expect(participants.filter(({ resource, behind }) => resource === "authorizations" && behind)).toEqual([]);
});

test("a browser gets a page that names who is behind, and may load nothing but its own style", async () => {
  const { text, type } = await get("/versions", "text/html,application/xhtml+xml,*/*;q=0.8");
  expect(type).toBe("text/html; charset=utf-8");
  expect(text).toContain("2 of 3 DFSPs still use versions below 2.0: <b>old</b>, <b>mid</b>");
  expect(text).toContain("<b>25 %</b> of 4 messages");
  const { headers } = await fetch(`${wire.urls.operations}/versions`, { headers: { accept: "text/html" } });
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

type Heard = [version: Version, daysAgo: number];
type Used = [
  configured: boolean,
  heard: Heard[],
  days: 1 | 30 | 90,
  affected: Version[] | undefined,
  why: string,
];

const DAY_MS = 86_400_000;
// prettier-ignore
const USED: Used[] = [
  [false, [["1.0", 9], ["2.0", 8]], 1, undefined, "not within a day"],
  [false, [["1.0", 9], ["2.0", 8]], 30, ["1.0"], "a sender of monthly batches may use both"],
  [false, [["1.0", 40], ["2.0", 0]], 30, undefined, "not within 30 days"],
  [false, [["1.0", 40], ["2.0", 0]], 90, ["1.0"], "within 90 days"],
  [false, [["1.0", 0], ["2.0", 0]], 1, ["1.0"], "both within a day"],
  [true, [["1.0", 9], ["2.0", 8]], 1, ["1.0"], "the configuration has 1.0, so it is sent 1.0"],
  [false, [["1.0", 9], ["1.1", 8]], 30, ["1.0", "1.1"], "both are below 2.0"],
];
test.each(USED)(
  "affected below 2.0: configured 1.0 %s, used %j, in %i days: %j (%s)",
  async (configured, heard, days, affected) => {
    const store = createMemoryStore();
    for (const [content, daysAgo] of heard) {
      const at = Date.now() - daysAgo * DAY_MS - 1_000;
      await store.recordUse({ participant: "any", resource: "quotes", content, accept: content, at });
    }
    const resources = { quotes: "1.0" } as const;
    const any = { url: wire.old.url, ...(configured && { resources }) };
    const own = await startWire({ store, participants: { any } });
    const report = await own.adapter.versions({ below: "2.0", days });
    await own.close();
    expect(report.known).toBe(1);
    expect(report.affected[0]?.resources.map(({ version }) => version)).toEqual(affected);
  },
);

type Verdict = [
  configured: boolean,
  countedDays: number,
  heard: Heard[],
  days: 1 | 30 | 90,
  verdict: string,
  why: string,
];
// prettier-ignore
const VERDICTS: Verdict[] = [
  [true, 100, [], 90, "ok", "the configuration has 2.0, and nothing else was received in 90 days"],
  [true, 10, [], 90, "unknown", "counting began 10 days ago"],
  [true, 10, [], 1, "ok", "one day is counted"],
  [false, 100, [], 30, "unknown", "neither configured nor heard"],
  [false, 100, [["2.0", 2]], 30, "ok", "heard in 2.0 only"],
  [false, 100, [["2.0", 40]], 30, "unknown", "not heard for 30 days"],
  [false, 100, [["1.1", 2]], 30, "blocks", "heard in 1.1"],
];
test.each(VERDICTS)(
  "verdict below 2.0: configured 2.0 %s, counted %i days, used %j, in %i days: %s (%s)",
  async (configured, countedDays, heard, days, verdict) => {
    const store = createMemoryStore({ now: () => Date.now() });
    const first = { participant: "gone", resource: "quotes", content: "2.0", accept: null } as const;
    await store.recordUse({ ...first, at: Date.now() - countedDays * DAY_MS });
    for (const [content, daysAgo] of heard) {
      const at = Date.now() - daysAgo * DAY_MS;
      await store.recordUse({ participant: "any", resource: "quotes", content, accept: null, at });
    }
    const any = { url: wire.old.url, ...(configured && { version: "2.0" as const }) };
    const gone = { url: wire.old.url, version: "2.0" } as const;
    const own = await startWire({ store, participants: { any, gone } });
    const report = await own.adapter.versions({ below: "2.0", days });
    await own.close();
    expect(report.verdict).toBe(verdict);
  },
);

// sdk-standard-components 19.19.1, src/lib/requests/baseRequests.js: Content-Type of 1.0 and `version=1` in Accept by default.
test("a payer with the default headers of the SDK is below 1.1 in JSON, text, page and metrics", async () => {
  const own = await startWire({ participants: { sdk: { url: wire.old.url } } });
  const headers = {
    ...fields("POST", "quotes", "1.0", "sdk"),
    "content-type": "application/vnd.interoperability.quotes+json;version=1.0",
    accept: "application/vnd.interoperability.quotes+json;version=1",
  };
  const posted = await send(own.urls.participants, "POST", "/quotes", headers, JSON.stringify(QUOTE));
  expect(posted.status).toBe(202);
  const ask = async (accept: string): Promise<string> =>
    (await fetch(`${own.urls.operations}/versions?below=1.1`, { headers: { accept } })).text();
  const { affected, verdict } = JSON.parse(await ask("*/*")) as VersionsReport; // what it is made of
  expect(verdict).toBe("blocks");
  expect(affected).toMatchObject([
    {
      participant: "sdk",
      resources: [{ resource: "quotes", version: "1.0", accept: "1.1", breaks: ["requests"] }],
    },
  ]);
  expect(await ask("text/plain")).toMatch(
    /^1 of 1 DFSP still uses versions below 1\.1: sdk\n {2}sdk: quotes 1\.0 \(accepts 1\.1\); last heard .* UTC; its messages would be refused\n/,
  );
  expect(await ask("text/html")).toContain("1 of 1 DFSP still uses versions below 1.1: <b>sdk</b>");
  const metrics = await (await fetch(`${own.urls.operations}/metrics`)).text();
  for (const days of [1, 30, 90])
    expect(metrics).toContain(
      `mojaver_adapter_participant_below{participant="sdk",below="2.0",days="${days}"} 1`,
    );
  await own.close();
});

test.each(["/versions?below=x", "/versions?below=%3Cscript%3E", "/versions?days=7"])(
  "%s is a mistake in the question",
  async (path) => {
    const { status, text } = await get(path, "text/html");
    expect(status).toBe(400);
    expect(text).not.toContain("<script>");
  },
);

test("what is for operators is on no other side", async () => {
  for (const path of ["/health", "/metrics", "/versions"]) {
    for (const base of [wire.urls.participants, wire.urls.hub])
      expect((await fetch(base + path)).status).toBe(404);
  }
});

test("closing finishes what is under way and takes nothing new", async () => {
  const own = await startWire();
  let release = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    own.hub.answer = () => {
      resolve();
      return { silent: true };
    };
  });
  own.hub.server.on("request", (_request, response) => {
    release = () => void response.writeHead(202).end();
  });
  const pending = send(own.urls.participants, "GET", "/quotes/1", fields("GET", "quotes", "2.0", "new"));
  await reached;
  const closed = own.adapter.close();
  release();
  expect(await pending).toMatchObject({ status: 202 });
  await closed;
  await expect(fetch(`${own.urls.participants}/quotes/1`)).rejects.toThrow();
  await own.close();
});
