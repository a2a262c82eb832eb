import { setTimeout as delay } from "node:timers/promises";
import type { Hub } from "./hub.ts";
import { judge, type Judgement } from "./judgement.ts";
import type { LedgerOptions } from "./ledger.ts";

/** A roll from the release of a hub to another one, under load. */
export interface RollPlan {
  /** The release to roll to; undefined for a control without a roll. */
  readonly to?: Omit<LedgerOptions, "backends">;
  /** Transfers a second. */
  readonly rate: number;
  readonly seconds: number;
  /** Seconds of load before the roll. */
  readonly rollAfter: number;
  /** Seconds in which both releases run. */
  readonly overlap?: number;
  readonly signal?: NodeJS.Signals;
  /** Runs before the new processes start, such as a migration. */
  readonly before?: () => Promise<void>;
  readonly onStep?: (step: string) => void;
}

/** What a roll did. */
export interface RollReport extends Judgement {
  /** Seconds since the load began, and the step. */
  readonly steps: readonly (readonly [second: number, step: string])[];
}

// A transfer that has no end by then is not late: nothing in the ledger tries again.
const SETTLE_SECONDS = 60;
const OVERLAP_SECONDS = 3;

/** Rolls a hub under open-loop load and judges every transfer that was sent. */
export async function roll(hub: Hub, plan: RollPlan): Promise<RollReport> {
  const { traffic, rows } = hub;
  const warm = traffic.transfers.length;
  const startedAt = performance.now();
  const steps: [number, string][] = [];
  const step = (name: string): void => {
    steps.push([Math.round((performance.now() - startedAt) / 100) / 10, name]);
    plan.onStep?.(name);
  };
  const loading = traffic.run(plan.rate, plan.seconds);
  await delay(plan.rollAfter * 1_000);
  if (plan.to) {
    await plan.before?.();
    const api = await hub.start("api", { migrate: true, ...plan.to });
    await api.healthy(300);
    step(`API ${plan.to.version} is healthy`);
    const handlers = await hub.start("handlers", plan.to);
    await handlers.healthy();
    step(`handlers ${plan.to.version} are healthy`);
    await delay((plan.overlap ?? OVERLAP_SECONDS) * 1_000);
    for (const old of [hub.handlers, hub.api]) {
      const took = await old.stop(plan.signal);
      step(`${old.part} ${old.version} stopped in ${took} ms`);
    }
  }
  await loading;
  step("the load ends");
  await traffic.settle(SETTLE_SECONDS);
  step(`${traffic.pending()} pending`);
  return { ...(await judge(traffic.transfers.slice(warm), rows)), steps };
}
