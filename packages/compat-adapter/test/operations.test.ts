import { afterAll, beforeAll, expect, test } from "vitest";
import { createMemoryStore } from "../src/index.ts";
import { fields, postQuote, send, startWire, type Wire } from "./support/wire.ts";

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

test("/metrics counts messages by participant, resource, versions and outcome (DESIGN 7)", async () => {
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

test("/versions tells who still speaks 1.x, and when last", async () => {
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
  expect(report.still.map(({ participant, lastSeen }) => [participant, lastSeen !== null])).toEqual([
    ["old", true],
    ["mid", false],
  ]);
  expect(Date.now() - Date.parse(heard[0]?.lastSeen ?? "")).toBeLessThan(60_000);
});

test("held against 1.1 the same question has another answer, and authorizations, 1.0 everywhere, is never behind", async () => {
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
  expect(text).toContain("2 of 3 DFSPs still speak below 2.0: <b>old</b>, <b>mid</b>");
  expect(text).toContain("<b>25 %</b> of 4 messages");
  const { headers } = await fetch(`${wire.urls.operations}/versions`, { headers: { accept: "text/html" } });
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

type Heard = [version: `${number}.${number}`, daysAgo: number];
type Moved = [configured: boolean, heard: Heard[], still: string[] | undefined, why: string];

test.each<Moved>([
  [
    false,
    [
      ["1.0", 9],
      ["2.0", 8],
    ],
    undefined,
    "it has moved on since",
  ],
  [
    false,
    [
      ["1.0", 0],
      ["2.0", 0],
    ],
    ["1.0"],
    "both within a day: it speaks both",
  ],
  [
    false,
    [
      ["2.0", 9],
      ["1.0", 8],
    ],
    ["1.0"],
    "it has moved back",
  ],
  [false, [["1.0", 9]], ["1.0"], "nothing newer was heard"],
  [
    true,
    [
      ["1.0", 9],
      ["2.0", 8],
    ],
    ["1.0"],
    "the configuration says 1.0, so it is written to in 1.0",
  ],
  [
    false,
    [
      ["1.0", 9],
      ["1.1", 8],
    ],
    ["1.1"],
    "it has moved on, but not far enough",
  ],
])("who is still behind 2.0: configured 1.0 %s, heard %j: %j (%s)", async (configured, heard, still) => {
  const store = createMemoryStore();
  for (const [version, days] of heard)
    await store.see("any", "quotes", version, Date.now() - days * 86_400_000 - 1_000);
  const own = await startWire({
    store,
    participants: {
      any: { url: wire.old.url, ...(configured && { resources: { quotes: "1.0" } }) },
    },
  });
  const report = await own.adapter.versions("2.0");
  await own.close();
  expect(report.known).toBe(1);
  expect(report.still[0]?.resources.map(({ version }) => version)).toEqual(still);
});

test.each(["/versions?below=x", "/versions?below=%3Cscript%3E"])(
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
