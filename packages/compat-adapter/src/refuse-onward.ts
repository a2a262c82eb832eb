import type { ErrorBody, Version } from "@mojaloop-versioning/protocol";
import { sendErrorCallback, sendErrorInstead, type Told } from "./error-callback.ts";
import type { Ending, Trace } from "./hand-on.ts";
import type { Leg } from "./leg.ts";
import { refusal, withVersions, type Refusal } from "./refusal.ts";
import type { Routing } from "./routing.ts";
import type { AdapterStore } from "./store.ts";

/** A message on its way: from where it came to what it goes on as. */
export interface Way {
  readonly routing: Routing;
  readonly store: AdapterStore;
  readonly leg: Leg;
  /** The version in which it goes on; `undefined` where its receiver does not have the resource. */
  readonly to: Version | undefined;
  readonly trace: Trace;
}

/** Refuses what cannot be handed on, and beside the sender tells whoever waits for it, where it is an answer. */
export async function refuseMessage(way: Way, reason: Refusal, body: unknown): Promise<Ending> {
  const { routing, store, leg, to } = way;
  if (to === undefined) return { ok: false, refusal: reason };
  return refuseTold(way, reason, await sendErrorInstead(routing, store, leg, to, body, reason.body));
}

/** Refuses on the way out: beside the sender the source is told, with the versions that its destination has. */
export async function refuseOnward(
  way: Way,
  reason: Refusal,
  versions: readonly Version[],
  body: unknown,
): Promise<Ending> {
  const { routing, store, leg } = way;
  if (leg.side === "participants") return refuseMessage(way, reason, body);
  const error: ErrorBody = withVersions(reason.body, versions);
  const told: Refusal = { ...reason, body: error };
  if (leg.kind !== "request") return refuseMessage(way, told, body);
  return refuseTold(way, told, await sendErrorCallback(routing, store, leg, body, error));
}

/** A hub that took the message is to send it again where whoever has to hear of its end is away: else nobody ever would. */
function refuseTold({ leg, trace }: Way, reason: Refusal, told: Told): Ending {
  trace.errorCallback = told === "told";
  if (leg.side === "participants" || told !== "away") return { ok: false, refusal: reason };
  const { errorDescription } = reason.body.errorInformation;
  const again = `The error callback could not be delivered: ${errorDescription}`;
  return { ok: false, refusal: refusal("1001", again) };
}
