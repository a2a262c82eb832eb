import type { IncomingMessage } from "node:http";
import {
  HEADER,
  kindOf,
  resourceOf,
  type Dialect,
  type Operation,
  type OperationKind,
  type OperationMatch,
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
  const { method = "", url = "/", rawHeaders } = request;
  const query = url.indexOf("?");
  const path = query < 0 ? url : url.slice(0, query);
  if (!path.startsWith("/") || hasDotSegment(path)) return unknown(method, path);

  const agreed = routing.negotiators[side].negotiate({ method, url, headers: rawHeaders });
  const matched = routing.match(method, path);
  if (agreed.ok && (!agreed.managed || !matched)) return unknown(method, path);
  const parties = readParties(routing, side, request);

  if (!agreed.ok) {
    const { status, body, headers } = agreed;
    const reason: Refusal = { status, body, headers };
    const from = matched && routing.hub.api.resources[resourceOf(matched.operation)];
    if (!matched || !parties.ok || from === undefined || kindOf(matched.operation) === "request")
      return { ok: false, refusal: reason };
    const said = { content: from, accept: undefined, dialect: "fspiop", headers } as const;
    return { ok: false, refusal: reason, answer: legOf(routing, side, request, matched, parties, said) };
  }
  if (!parties.ok) return { ok: false, refusal: { ...parties.refusal, headers: agreed.headers } };
  if (!matched) return unknown(method, path);
  return { ok: true, leg: legOf(routing, side, request, matched, parties, agreed) };
}

/** What the headers say of versions. */
interface Said {
  readonly content: Version;
  readonly accept?: Version | undefined;
  readonly dialect: Dialect;
  readonly headers: Readonly<Record<string, string>>;
}
type Parties = Pick<Leg, "source" | "destination" | "participant">;

function legOf(
  { hub }: Routing,
  side: Leg["side"],
  { method = "", url = "/" }: IncomingMessage,
  { operation, params }: OperationMatch,
  { source, destination, participant }: Parties,
  said: Said,
): Leg {
  return {
    side,
    method,
    url,
    operation,
    params,
    resource: resourceOf(operation),
    kind: kindOf(operation),
    dialect: said.dialect,
    source,
    destination,
    participant,
    target: side === "participants" ? hub.target : participant.target,
    from: said.content,
    accept: said.accept,
    replyHeaders: said.headers,
  };
}

/** From whom and to whom, as far as both are known and the sender is who it says. */
function readParties(
  routing: Routing,
  side: Leg["side"],
  request: IncomingMessage,
): ({ readonly ok: true } & Parties) | { readonly ok: false; readonly refusal: Refusal } {
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

function wrong(reason: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: reason };
}

function unknown(method: string, path: string): ReadLeg {
  return wrong(refusal("3002", `There is no ${method} ${path}`));
}

// The far end may take them away and see another path than we did (RFC 3986 5.2.4).
function hasDotSegment(path: string): boolean {
  return /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path);
}
