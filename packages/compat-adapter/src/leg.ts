import type { IncomingMessage } from "node:http";
import {
  HEADER,
  kindOf,
  resourceOf,
  type Dialect,
  type Operation,
  type OperationKind,
  type Version,
} from "@mojaloop-versioning/protocol";
import { refusal, type Refusal } from "./refusal.ts";
import type { Participant, Routing } from "./routing.ts";
import type { Side } from "./options.ts";
import type { Target } from "./target.ts";

/** One message on its way through the adapter, as far as its head tells: what it is, from whom, to whom, in which versions. */
export interface Leg {
  readonly side: Exclude<Side, "operations">;
  readonly method: string;
  /** Request target, query included. */
  readonly url: string;
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  readonly resource: string;
  readonly kind: OperationKind;
  readonly dialect: Dialect;
  readonly source: string;
  /** FSPIOP-Destination, where there is one. */
  readonly destination: string | undefined;
  /** The participant whose version is not the hub's: sender on its side, receiver on the hub's. */
  readonly participant: Participant;
  readonly target: Target;
  /** Version of the body. */
  readonly from: Version;
  /** Version that the sender wants back; absent on PUT and PATCH. */
  readonly accept: Version | undefined;
  /** To put on whatever the sender is answered. */
  readonly replyHeaders: Readonly<Record<string, string>>;
}

export type ReadLeg =
  { readonly ok: true; readonly leg: Leg } | { readonly ok: false; readonly refusal: Refusal };

/** Reads the head of a message; what is wrong with it is refused before its body is looked at. */
export function readLeg(routing: Routing, side: Leg["side"], request: IncomingMessage): ReadLeg {
  const { method = "", url = "/" } = request;
  const query = url.indexOf("?");
  const path = query < 0 ? url : url.slice(0, query);
  const unknown = (): ReadLeg => refused(refusal("3002", `There is no ${method} ${path}`));
  if (!path.startsWith("/") || hasDotSegment(path)) return unknown();

  const agreed = routing.negotiators[side].negotiate({ method, url, headers: request.rawHeaders });
  if (!agreed.ok) return refused({ status: agreed.status, body: agreed.body, headers: agreed.headers });
  const matched = routing.match(method, path);
  if (!agreed.managed || !matched) return unknown();

  const { [HEADER.source]: source, [HEADER.destination]: named } = request.headers;
  const destination = typeof named === "string" && named !== "" ? named : undefined;
  if (typeof source !== "string" || source === "") {
    return refused(refusal("3102", "FSPIOP-Source is missing"), agreed.headers);
  }
  const speaker = side === "participants" ? source : destination;
  if (speaker === undefined) return refused(refusal("3102", "FSPIOP-Destination is missing"), agreed.headers);
  const participant = routing.participants.get(speaker);
  if (!participant) {
    const code = side === "participants" ? "3200" : "3201";
    return refused(refusal(code, `"${speaker}" is no participant of this scheme`), agreed.headers);
  }
  if (side === "participants" && routing.options.identify) {
    const client = routing.options.identify(request);
    if (client !== source)
      return refused(refusal("3000", "FSPIOP-Source is not the authenticated client", 403), agreed.headers);
  }

  return {
    ok: true,
    leg: {
      side,
      method,
      url,
      ...matched,
      resource: resourceOf(matched.operation),
      kind: kindOf(matched.operation),
      dialect: agreed.dialect,
      source,
      destination,
      participant,
      target: side === "participants" ? routing.hub.target : participant.target,
      from: agreed.content,
      accept: agreed.accept,
      replyHeaders: agreed.headers,
    },
  };
}

function refused(reason: Refusal, headers?: Readonly<Record<string, string>>): ReadLeg {
  return { ok: false, refusal: headers ? { ...reason, headers } : reason };
}

// The far end may take them away and see another path than we did (RFC 3986 5.2.4).
function hasDotSegment(path: string): boolean {
  return /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path);
}
