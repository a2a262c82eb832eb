import { expect, test } from "vitest";
import { runKills, type Layout } from "./support/kill-run.ts";
import { HAS_REDIS } from "./support/redis-server.ts";

// More of both in a long run.
const SECONDS = Number(process.env["KILL_SECONDS"] ?? 1);
const SEEDS = Array.from({ length: Number(process.env["KILL_SEEDS"] ?? 1) }, (_, i) => i + 1);
const LAYOUTS: readonly Layout[] = ["a pair on one Redis", "one alone"];

const RUNS = SEEDS.flatMap((seed) => LAYOUTS.map((layout) => [layout, seed] as const));

test.each(RUNS.filter(([layout]) => HAS_REDIS || layout === "one alone"))(
  `${SECONDS} s under load while payer, payee, hub, Redis and adapters die (%s, seed %i): what was accepted arrived or its source was told, and nothing in two forms`,
  { timeout: SECONDS * 1_000 + 300_000 },
  async (layout, seed) => {
    const { wrong, counts, strokes } = await runKills({ seed, seconds: SECONDS, layout });
    if (process.env["KILL_SEEDS"] !== undefined)
      process.stdout.write(`${JSON.stringify({ layout, seed, ...counts, strokes })}\n`);
    expect(wrong).toEqual([]);
    // Nothing is proved where nothing was killed, sent again or told.
    for (const count of [counts.accepted, counts.again, counts.errorCallbacks])
      expect(count).toBeGreaterThan(0);
  },
);
