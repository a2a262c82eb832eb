import type { Operation, Version } from "@mojaloop-versioning/protocol";
import {
  createIdMap,
  createRegistry,
  fspiopChanges,
  settlementChanges,
  type Conversion,
  type Registry,
} from "../../src/index.ts";

/** One body of a released version's golden file, and what became of it on the way to each other version. */
export interface GoldenCase {
  readonly resource: string;
  readonly operation: Operation;
  readonly version: Version;
  readonly body: unknown;
  readonly outcomes: Readonly<Record<string, unknown>>;
}

/** What the golden files are made with. */
export function goldenRegistry(): Registry {
  return createRegistry([...fspiopChanges, ...settlementChanges]);
}

/** Every outcome of a body: plainly, and with a stash and an id map. */
export function outcomesOf(
  registry: Registry,
  { resource, operation, version, body }: Omit<GoldenCase, "outcomes">,
): Record<string, unknown> {
  const outcomes: Record<string, unknown> = {};
  for (const to of registry.resources[resource] ?? []) {
    if (to === version) continue;
    const convert = registry.between(resource, version, to, operation);
    const lookup = (): string => "DEFERREDNET";
    outcomes[to] = summaryOf(convert(body, { lookup }), body);
    outcomes[`${to}, kept`] = summaryOf(convert(body, { lookup, stash: true, ids: createIdMap() }), body);
  }
  return outcomes;
}

function summaryOf(outcome: Conversion, body: unknown): unknown {
  if (!outcome.ok) {
    const { errorCode, pointer, disposition } = outcome.refusal;
    return { refused: errorCode, at: pointer ?? null, disposition };
  }
  return outcome.body === body ? "same" : outcome.body;
}
