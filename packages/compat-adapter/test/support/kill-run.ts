import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { errorBody, type Version } from "@mojaloop-versioning/protocol";
import { createAdapterChild, type AdapterChild } from "./adapter-child.ts";
import { startBalancer } from "./balancer.ts";
import { conversationOf, createLedger, keyOf, type Letter } from "./kill-ledger.ts";
import { noteOf, startParty, type Party, type Take } from "./kill-party.ts";
import { QUOTE, TRANSFER } from "./wire.ts";
import { pick, randomFrom } from "./random.ts";
import { startRedis, type RedisServer } from "./redis-server.ts";

/** Two adapters that share a Redis, and learn who speaks what; or one that keeps everything in its memory, and is told. */
export type Layout = "a pair on one Redis" | "one alone";

export interface KillRun {
  readonly seed: number;
  readonly seconds: number;
  readonly layout: Layout;
}

export interface KillOutcome {
  readonly wrong: readonly string[];
  readonly counts: ReturnType<ReturnType<typeof createLedger>["counts"]>;
  readonly strokes: Readonly<Record<string, number>>;
}

/** Something bad that is done to the scheme, and how it ends. */
interface Stroke {
  readonly name: string;
  readonly victim: object;
  readonly begin: () => Promise<void> | void;
  readonly end?: () => Promise<void> | void;
  /** Milliseconds until then, at most. */
  readonly lasts?: number;
}

const HUB = "hub";
const DFSPS: Readonly<Record<string, Version>> = { old: "1.0", mid: "1.1", new: "2.0" };
const VERSIONS: Readonly<Record<string, Version>> = { ...DFSPS, [HUB]: "2.0" };
const LANES = 4;

/** Runs a scheme under constant load while its parts are killed; then all is mended, and what is still to be sent is sent. */
export async function runKills({ seed, seconds, layout }: KillRun): Promise<KillOutcome> {
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), "kill-"));
  const ledger = createLedger();
  const sides = { participants: "", hub: "" };
  const parties = new Map<string, Party>();
  const post = (from: string, letter: Letter): void => void parties.get(from)?.post(letter);

  const forwarded = new Set<string>();
  const takeAtHub: Take = (arrival) => {
    const key = keyOf(arrival);
    if (!forwarded.has(key) && arrival.destination !== HUB) post(HUB, arrival);
    forwarded.add(key);
    return { status: arrival.method === "PUT" ? 200 : 202 };
  };
  const takeAt =
    (name: string): Take =>
    (arrival) => {
      if (arrival.method === "PUT") return { status: 200 };
      const note = noteOf(arrival);
      if (note === "refuse") return { status: 406, body: JSON.stringify(errorBody("3001")) };
      const key = `${name} ${keyOf(arrival)}`;
      if (!forwarded.has(key)) post(name, answerTo(name, arrival, note === "fail"));
      forwarded.add(key);
      return { status: 202 };
    };

  for (const [name, version] of Object.entries(VERSIONS)) {
    const party = await startParty({
      name,
      version,
      ledger,
      random: randomFrom(Math.floor(random() * 2 ** 32)),
      adapter: () => (name === HUB ? sides.hub : sides.participants),
      take: name === HUB ? takeAtHub : takeAt(name),
    });
    parties.set(name, party);
  }

  const pair = layout === "a pair on one Redis";
  const redis = pair ? await startRedis(folder) : undefined;
  const config = {
    hub: { url: parties.get(HUB)?.url ?? "", version: "2.0" },
    participants: Object.fromEntries(
      Object.entries(DFSPS).map(([name, version]) => [
        name,
        { url: parties.get(name)?.url, ...(!pair && { version }) },
      ]),
    ),
    limits: { timeoutMs: 700 },
    ...(redis && { store: { redis: redis.url } }),
  };
  const adapters = await Promise.all(
    (pair ? ["one", "two"] : ["one"]).map((name) => createAdapterChild(join(folder, `${name}.yaml`), config)),
  );
  await Promise.all(adapters.map((adapter) => adapter.start()));
  const outside = await startBalancer(adapters.map(({ urls }) => urls.participants));
  const inside = await startBalancer(adapters.map(({ urls }) => urls.hub));
  sides.participants = outside.url;
  sides.hub = inside.url;

  // An adapter that is told nothing writes to a DFSP as it has heard it, so each is heard once before it is written to.
  for (const source of Object.keys(DFSPS)) {
    for (const kind of KINDS) await parties.get(source)?.post(requestFrom(source, HUB, kind, random));
  }

  let load = true;
  const loaded = (): boolean => load;
  const lane = async (source: string): Promise<void> => {
    const others = Object.keys(DFSPS).filter((name) => name !== source);
    while (loaded()) {
      const request = requestFrom(source, pick(random, others), pick(random, KINDS), random);
      await parties.get(source)?.post(request);
      for (let i = 0; i < 20 && loaded() && !ledger.answered(source, request); i++) await delay(10);
    }
  };
  for (const source of Object.keys(DFSPS)) for (let i = 0; i < LANES; i++) void lane(source);

  const strokes = strokesOn([...parties.values()], adapters, redis, [outside, inside]);
  const struck = new Set<object>();
  const counted: Record<string, number> = {};
  const until = Date.now() + seconds * 1_000;
  // Two hands, so that two parts are down at once time and again.
  const hand = async (chance: () => number): Promise<void> => {
    for (let dealt = 0; dealt < 4 || Date.now() < until; dealt++) {
      await delay(20 + 120 * chance());
      const stroke = pick(chance, strokes);
      if (struck.has(stroke.victim)) continue;
      struck.add(stroke.victim);
      await stroke.begin();
      await delay((stroke.lasts ?? 200) * chance());
      await stroke.end?.();
      struck.delete(stroke.victim);
      counted[stroke.name] = (counted[stroke.name] ?? 0) + 1;
    }
  };
  await Promise.all([1, 2].map((n) => hand(randomFrom(seed * 2 + n))));

  load = false;
  for (const party of parties.values()) party.heal();
  const unsent = (): readonly string[] =>
    [...parties.values()].flatMap(({ name, pending }) =>
      Array.from(pending, ([letter, fate]) => `${name}: ${keyOf(letter)} is never accepted: ${fate}`),
    );
  for (let i = 0; i < 3_000 && unsent().length > 0; i++) await delay(10);
  const stuck = unsent();

  const crashes = adapters.flatMap((adapter) =>
    adapter.crashes.map((how) => `an adapter ended by itself: ${how}`),
  );
  await Promise.all([outside.close(), inside.close()]);
  await Promise.all([...adapters, ...parties.values(), ...(redis ? [redis] : [])].map((each) => each.kill()));
  await rm(folder, { recursive: true });
  return {
    wrong: [...crashes, ...stuck, ...ledger.judge(VERSIONS, HUB)],
    counts: ledger.counts(),
    strokes: counted,
  };
}

function strokesOn(
  parties: readonly Party[],
  adapters: readonly AdapterChild[],
  redis: RedisServer | undefined,
  balancers: readonly { cut: () => void }[],
): readonly Stroke[] {
  return [
    ...parties.flatMap((victim): Stroke[] => [
      { name: `${victim.name} killed`, victim, begin: victim.kill, end: victim.restart },
      { name: `${victim.name} deaf`, victim, begin: victim.deafen, end: victim.hear, lasts: 600 },
      { name: `${victim.name} cut`, victim, begin: victim.cut },
    ]),
    ...adapters.flatMap((victim): Stroke[] => [
      { name: "adapter killed", victim, begin: victim.kill, end: victim.start },
      { name: "adapter drained", victim, begin: victim.drain, end: victim.start },
      { name: "adapter paused", victim, begin: victim.pause, end: victim.resume, lasts: 1_200 },
    ]),
    ...(redis
      ? [
          { name: "redis killed", victim: redis, begin: redis.kill, end: redis.restart },
          { name: "redis paused", victim: redis, begin: redis.pause, end: redis.resume, lasts: 1_200 },
        ]
      : []),
    ...balancers.map((victim): Stroke => ({ name: "way cut", victim, begin: victim.cut })),
  ];
}

type Kind = "quote" | "transfer" | "party" | "failing" | "refused" | "unsayable" | "large";
const KINDS: readonly Kind[] = ["quote", "transfer", "party", "failing", "refused", "unsayable", "large"];
const ULID_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".split("");

/** A request whose fate is written in it: what its payee makes of it, or that its payee's version cannot say it. */
function requestFrom(source: string, destination: string, kind: Kind, random: () => number): Letter {
  const letter = { source, destination };
  const version = VERSIONS[source];
  if (kind === "party") {
    const path = `/parties/MSISDN/${String(Math.floor(random() * 1e12))}`;
    return { ...letter, method: "GET", path, resource: "parties", body: "" };
  }
  if (kind === "transfer" || kind === "unsayable") {
    // An id of 2.0 that has no form in 1.x.
    const ulid = `0${Array.from({ length: 25 }, () => pick(random, ULID_DIGITS)).join("")}`;
    const transferId = kind === "unsayable" && version === "2.0" ? ulid : randomUUID();
    const body = JSON.stringify({ ...TRANSFER, transferId, payerFsp: source, payeeFsp: destination });
    return { ...letter, method: "POST", path: "/transfers", resource: "transfers", body };
  }
  const note = kind === "failing" ? "fail" : kind === "refused" ? "refuse" : "pay";
  const body = JSON.stringify({
    ...QUOTE,
    quoteId: randomUUID(),
    note,
    // Known to 2.0 alone, so that it is dropped on the way down.
    ...(version === "2.0" && { payer: { ...QUOTE.payer, supportedCurrencies: ["USD"] } }),
    // A member of nobody's schema passes; one of this size is streamed where nothing changes.
    ...(kind === "large" && { padding: "x".repeat(100_000) }),
  });
  return { ...letter, method: "POST", path: "/quotes", resource: "quotes", body };
}

function answerTo(name: string, request: Letter, fails: boolean): Letter {
  const { source, resource, method } = request;
  const answer = { method: "PUT" as const, resource, source: name, destination: source };
  const path = method === "GET" ? request.path : conversationOf(request);
  if (fails) return { ...answer, path: `${path}/error`, body: JSON.stringify(errorBody("5000")) };
  const party = {
    partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "1" },
    ...(VERSIONS[name] === "2.0" && { supportedCurrencies: ["USD"] }),
  };
  const bodies: Readonly<Record<string, object>> = {
    parties: { party },
    quotes: {
      transferAmount: QUOTE.amount,
      expiration: TRANSFER.expiration,
      ilpPacket: TRANSFER.ilpPacket,
      condition: TRANSFER.condition,
    },
    transfers: { transferState: "COMMITTED", fulfilment: TRANSFER.condition },
  };
  return { ...answer, path, body: JSON.stringify(bodies[resource]) };
}
