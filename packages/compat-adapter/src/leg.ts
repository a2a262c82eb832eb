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

/** What the head of a message tells, or why it is refused. */
export type ReadLeg =
  | { readonly ok: true; readonly leg: Leg }
  | {
      readonly ok: false;
      readonly refusal: Refusal;
      /** The answer that it would have been, had it said a version that is spoken; the hub's stands in for it. */
      readonly answer?: Leg;
    };

/** Reads the head of a message; what is wrong with it is refused before its body is looked at. */
export function readLeg(routing: Routing, side: Leg["side"], request: IncomingMessage): ReadLeg {
  const { method = "", url = "/" } = request;
  const query = url.indexOf("?");
  const path = query < 0 ? url : url.slice(0, query);
  const unknown = (): ReadLeg => refused(refusal("3002", `There is no ${method} ${path}`));
  if (!path.startsWith("/") || hasDotSegment(path)) return unknown();

  const agreed = routing.negotiators[side].negotiate({ method, url, headers: request.rawHeaders });
  const matched = routing.match(method, path);
  if (agreed.ok && (!agreed.managed || !matched)) return unknown();
  const parties = readParties(routing, side, request);
  const legOf = (said: Said): Leg | undefined =>
    parties.ok && matched
      ? completeLeg(routing, { side, method, url, ...matched }, parties, said)
      : undefined;

  if (!agreed.ok) {
    const { status, body, headers } = agreed;
    const reason = { status, body, headers };
    const from = matched && routing.hub.api.resources[resourceOf(matched.operation)];
    const answer = from && legOf({ from, accept: undefined, dialect: "fspiop", replyHeaders: headers });
    const answers = answer && answer.kind !== "request";
    return { ok: false, refusal: reason, ...(answers && { answer }) };
  }
  if (!parties.ok) return refused(parties.refusal, agreed.headers);
  const { content: from, accept, dialect, headers: replyHeaders } = agreed;
  const leg = legOf({ from, accept, dialect, replyHeaders });
  return leg ? { ok: true, leg } : unknown();
}

/** What the headers say of versions. */
type Said = Pick<Leg, "from" | "accept" | "dialect" | "replyHeaders">;
type Parties = Pick<Leg, "source" | "destination" | "participant">;

function completeLeg(
  { hub }: Routing,
  request: Pick<Leg, "side" | "method" | "url" | "operation" | "params">,
  { source, destination, participant }: Parties,
  said: Said,
): Leg {
  const { side, operation } = request;
  const target = side === "participants" ? hub.target : participant.target;
  const kind = kindOf(operation);
  return {
    ...request,
    resource: resourceOf(operation),
    kind,
    source,
    destination,
    participant,
    target,
    ...said,
  };
}

/** From whom and to whom, as far as both are known and the sender is who it says. */
function readParties(
  routing: Routing,
  side: Leg["side"],
  request: IncomingMessage,
): ({ readonly ok: true } & Parties) | { readonly ok: false; readonly refusal: Refusal } {
  const wrong = (reason: Refusal) => ({ ok: false, refusal: reason }) as const;
  const { [HEADER.source]: source, [HEADER.destination]: named } = request.headers;
  const destination = typeof named === "string" && named !== "" ? named : undefined;
  if (typeof source !== "string" || source === "") return wrong(refusal("3102", "FSPIOP-Source is missing"));
  const speaker = side === "participants" ? source : destination;
  if (speaker === undefined) return wrong(refusal("3102", "FSPIOP-Destination is missing"));
  const participant = routing.participants.get(speaker);
  if (!participant) {
    const code = side === "participants" ? "3200" : "3201";
    return wrong(refusal(code, `"${speaker}" is no participant of this scheme`));
  }
  const { identify } = routing.options;
  if (side === "participants" && identify && identify(request) !== source) {
    return wrong(refusal("3000", "FSPIOP-Source is not the authenticated client", 403));
  }
  return { ok: true, source, destination, participant };
}

function refused(reason: Refusal, headers?: Readonly<Record<string, string>>): ReadLeg {
  return { ok: false, refusal: headers ? { ...reason, headers } : reason };
}

// The far end may take them away and see another path than we did (RFC 3986 5.2.4).
function hasDotSegment(path: string): boolean {
  return /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path);
}
