import { expect, test } from "vitest";
import { needs } from "../../../tools/test-run/requirements.ts";
import { runKills, type Layout } from "./support/kill-run.ts";

// More of both in a long run.
const SECONDS = Number(process.env["KILL_SECONDS"] ?? 1);
const SEEDS = Array.from({ length: Number(process.env["KILL_SEEDS"] ?? 1) }, (_, i) => i + 1);
const LAYOUTS: readonly Layout[] = ["a pair on one Redis", "one alone"];

const RUNS = SEEDS.flatMap((seed) => LAYOUTS.map((layout) => [layout, seed] as const));

for (const [layout, seed] of RUNS) {
  const programs = layout === "one alone" ? [] : ["redis-server"];
  test(
    `${SECONDS} s under load while payer, payee, hub, Redis and adapters die (${layout}, seed ${seed}): what was accepted arrived or its source was told, and nothing in two forms`,
    { timeout: SECONDS * 1_000 + 300_000, ...needs(...programs) },
    async () => {
      const { wrong, counts, strokes } = await runKills({ seed, seconds: SECONDS, layout });
      if (process.env["KILL_SEEDS"] !== undefined)
        process.stdout.write(`${JSON.stringify({ layout, seed, ...counts, strokes })}\n`);
      expect(wrong).toEqual([]);
      // Nothing is proved where nothing was killed, sent again or told.
      for (const count of [counts.accepted, counts.again, counts.errorCallbacks])
        expect(count).toBeGreaterThan(0);
    },
  );
}
