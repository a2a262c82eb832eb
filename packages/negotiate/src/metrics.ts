import { Counter, register as defaultRegister, type Registry } from "prom-client";
import type { NegotiationEvent } from "./core/event.ts";

/** The options of {@link countNegotiations}. */
export interface CountOptions {
  /** Where the counter is registered. Default: prom-client's own registry. */
  readonly register?: Registry;
  /** Default `mojaloop_versioning_negotiations_total`. */
  readonly name?: string;
  /**
   * FSP ids that get a label of their own; any other is `other`. A sender can write anything into FSPIOP-Source, so an open list would
   * let it fill the memory.
   */
  readonly participants?: Iterable<string>;
}

const LABELS = ["resource", "agreed", "outcome", "participant"] as const;

/**
 * Makes a listener that counts negotiations by resource, agreed version, outcome and participant, for prom-client:
 * `versioning({ offer, onNegotiation: countNegotiations({ participants: ["dfsp1"] }) })`. A counter of that name that is there
 * already is used.
 */
export function countNegotiations(options: CountOptions = {}): (event: NegotiationEvent) => void {
  const { register = defaultRegister, name = "mojaloop_versioning_negotiations_total" } = options;
  const participants = new Set(options.participants);
  const present = register.getSingleMetric(name);
  const counter =
    present instanceof Counter
      ? present
      : new Counter({
          name,
          help: "Negotiated messages by resource, agreed version, outcome and participant",
          labelNames: LABELS,
          registers: [register],
        });
  return ({ resource, agreed = "none", outcome, participant = "" }) => {
    counter.inc({
      resource,
      agreed,
      outcome,
      participant: participants.has(participant) ? participant : "other",
    });
  };
}
