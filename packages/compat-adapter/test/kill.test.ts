import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { createAdapterChild, freePort } from "./adapter-child.ts";
import { startRecorder, type Recorded } from "./recorder.ts";
import { HAS_REDIS, startRedis } from "./redis-server.ts";
import { fields, QUOTE, send } from "./wire.ts";

// Longer, and with other seeds, in a long run.
const SECONDS = Number(process.env["KILL_SECONDS"] ?? 3);
const SEED = Number(process.env["KILL_SEED"] ?? 1);

/** Something that can be killed and comes back. */
interface Victim {
  readonly kill: () => Promise<void>;
  readonly restart: () => Promise<void>;
}

interface MortalRecorder extends Victim {
  readonly url: string;
  readonly received: readonly Recorded[];
}

async function startMortal(): Promise<MortalRecorder> {
  const port = await freePort();
  const received: Recorded[] = [];
  const start = async (): ReturnType<typeof startRecorder> => {
    const recorder = await startRecorder(port);
    recorder.answer = (message) => {
      received.push(message);
      return {};
    };
    return recorder;
  };
  let recorder = await start();
  return {
    url: recorder.url,
    received,
    kill: () => recorder.close(),
    async restart() {
      recorder = await start();
    },
  };
}

/** Numbers from 0 to 1, the same for the same seed (the generator of Numerical Recipes). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

test(
  `${SECONDS} s under load while hub, DFSPs, adapter and Redis are killed: what was accepted has arrived, and once`,
  { timeout: SECONDS * 1000 + 120_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "kill-"));
    const [hub, old, mid] = await Promise.all([startMortal(), startMortal(), startMortal()]);
    const redis = HAS_REDIS ? await startRedis() : undefined;
    const adapter = await createAdapterChild(join(folder, "adapter.yaml"), {
      hub: { url: hub.url, version: "2.0" },
      participants: { old: { url: old.url }, mid: { url: mid.url, version: "1.1" } },
      limits: { timeoutMs: 2_000 },
      ...(redis && { store: { redis: redis.url } }),
    });
    await adapter.start();

    const accepted: { id: string; at: MortalRecorder }[] = [];
    let sent = 0;
    let stop = false;
    const lane = async (outward: boolean): Promise<void> => {
      while (!stop) {
        const body = JSON.stringify({ ...QUOTE, quoteId: randomUUID() });
        const [base, headers] = outward
          ? [
              adapter.urls.participants,
              fields("POST", "quotes", "1.0", "old", { "fspiop-destination": "mid" }),
            ]
          : [adapter.urls.hub, fields("POST", "quotes", "2.0", "old", { "fspiop-destination": "mid" })];
        sent += 1;
        const answer = await send(base, "POST", "/quotes", headers, body).catch(() => undefined);
        const { quoteId } = JSON.parse(body) as { quoteId: string }; // as it was written above
        if (answer?.status === 202) accepted.push({ id: quoteId, at: outward ? hub : mid });
        else await delay(5);
      }
    };
    const lanes = [true, true, true, false, false, false].map(lane);

    const random = randomFrom(SEED);
    const victims: readonly Victim[] = [
      hub,
      old,
      mid,
      { kill: adapter.kill, restart: adapter.start },
      ...(redis ? [redis] : []),
    ];
    const end = Date.now() + SECONDS * 1000;
    let kills = 0;
    while (Date.now() < end) {
      await delay(50 + 150 * random());
      const victim = victims[Math.floor(random() * victims.length)];
      await victim?.kill();
      kills += 1;
      await delay(100 * random());
      await victim?.restart();
    }
    stop = true;
    await Promise.all(lanes);
    await adapter.kill();
    await redis?.kill();
    await Promise.all([hub, old, mid].map((each) => each.kill()));
    await rm(folder, { recursive: true });

    const idsAt = (recorder: MortalRecorder): ReadonlySet<string> =>
      new Set(recorder.received.map(({ body }) => (JSON.parse(body) as { quoteId: string }).quoteId)); // every message is a quote
    const arrived = new Map([hub, mid].map((recorder) => [recorder, idsAt(recorder)]));
    const lost = accepted.filter(({ id, at }) => !arrived.get(at)?.has(id));
    expect(lost).toEqual([]);
    expect(kills).toBeGreaterThan(0);
    expect(accepted.length).toBeGreaterThan(0);
    expect(sent).toBeGreaterThan(accepted.length);
    for (const { received } of [hub, mid]) {
      const bodies = new Set(received.map(({ body }) => body));
      expect(bodies.size).toBe(
        new Set(received.map(({ body }) => (JSON.parse(body) as { quoteId: string }).quoteId)).size,
      ); // the same
    }
  },
);
