import type { IncomingMessage } from "node:http";
import {
  HEADER,
  kindOf,
  resourceOf,
  type Dialect,
  type OperationMatch,
  type Version,
} from "@mojaloop-versioning/protocol";
import { errorAnswer, type ErrorAnswer } from "../server/error-answer.ts";
import type { MessageInFlight, MessageSide } from "./message-in-flight.ts";
import type { Routing } from "./routing.ts";

/** A message as its request line and headers describe it, or why it is refused. */
export type ReadMessage = { readonly ok: true; readonly message: MessageInFlight } | UnreadMessage;

/** A message that is refused because of its request line or headers. */
export interface UnreadMessage {
  readonly ok: false;
  readonly error: ErrorAnswer;
  /** The callback that it would be if its version were supported; the hub's version stands in. */
  readonly callback?: MessageInFlight;
}

/** Reads the request line and the headers of a message; their errors are answered before its body is read. */
export function readMessage(routing: Routing, side: MessageSide, request: IncomingMessage): ReadMessage {
  const { method = "", url = "/", rawHeaders } = request;
  const query = url.indexOf("?");
  const path = query < 0 ? url : url.slice(0, query);
  if (!path.startsWith("/") || hasDotSegment(path)) return unknownOperation(method, path);

  const agreed = routing.negotiators[side].negotiate({ method, url, headers: rawHeaders });
  const matched = routing.match(method, path);
  if (agreed.ok && (!agreed.managed || !matched)) return unknownOperation(method, path);
  const parties = readParties(routing, side, request);

  if (!agreed.ok) {
    const { status, body, headers } = agreed;
    const error: ErrorAnswer = { status, body, headers };
    const from = matched && routing.hub.api.resources[resourceOf(matched.operation)];
    if (!matched || !parties.ok || from === undefined || kindOf(matched.operation) === "request")
      return { ok: false, error };
    const versions = { content: from, accept: undefined, dialect: "fspiop", headers } as const;
    return { ok: false, error, callback: describe(routing, side, request, { matched, parties, versions }) };
  }
  if (!parties.ok) return { ok: false, error: { ...parties.error, headers: agreed.headers } };
  if (!matched) return unknownOperation(method, path);
  const versions = agreed;
  const message = describe(routing, side, request, { matched, parties, versions });
  const encoding = request.headers["content-encoding"];
  if (encoding === undefined || encoding.toLowerCase() === "identity") return { ok: true, message };
  const { status, body } = errorAnswer(
    "3101",
    `Content-Encoding ${encoding} is not supported; send identity`,
  );
  const error: ErrorAnswer = { status, body, headers: agreed.headers };
  return { ok: false, error, ...(message.kind !== "request" && { callback: message }) };
}

type Parties = Pick<MessageInFlight, "source" | "destination" | "participant">;

// What was read of a message.
interface Read {
  readonly matched: OperationMatch;
  readonly parties: Parties;
  readonly versions: {
    readonly content: Version;
    readonly accept?: Version | undefined;
    readonly dialect: Dialect;
    readonly headers: Readonly<Record<string, string>>;
  };
}

function describe(
  { hub }: Routing,
  side: MessageSide,
  { method = "", url = "/" }: IncomingMessage,
  { matched: { operation, params }, parties, versions }: Read,
): MessageInFlight {
  const { source, destination, participant } = parties;
  return {
    side,
    method,
    url,
    operation,
    params,
    resource: resourceOf(operation),
    kind: kindOf(operation),
    dialect: versions.dialect,
    source,
    destination,
    participant,
    target: side === "participants" ? hub.target : participant.target,
    from: versions.content,
    accept: versions.accept,
    replyHeaders: versions.headers,
  };
}

// Sender and receiver, if both are known and the sender is authenticated as itself.
function readParties(
  routing: Routing,
  side: MessageSide,
  request: IncomingMessage,
): ({ readonly ok: true } & Parties) | UnreadMessage {
  const { [HEADER.source]: source, [HEADER.destination]: named } = request.headers;
  const destination = typeof named === "string" && named !== "" ? named : undefined;
  if (typeof source !== "string" || source === "")
    return refusedWith(errorAnswer("3102", "FSPIOP-Source is missing"));
  const fspId = side === "participants" ? source : destination;
  if (fspId === undefined) return refusedWith(errorAnswer("3102", "FSPIOP-Destination is missing"));
  const participant = routing.participants.get(fspId);
  if (!participant) {
    const code = side === "participants" ? "3200" : "3201";
    return refusedWith(errorAnswer(code, `Unknown participant "${fspId}"`));
  }
  const { identify } = routing;
  if (side === "participants" && identify && identify(request) !== source) {
    return refusedWith(errorAnswer("3000", "FSPIOP-Source is not the authenticated client", 403));
  }
  return { ok: true, source, destination, participant };
}

function refusedWith(error: ErrorAnswer): UnreadMessage {
  return { ok: false, error };
}

function unknownOperation(method: string, path: string): UnreadMessage {
  return refusedWith(errorAnswer("3002", `Unknown operation: ${method} ${path}`));
}

// The far end may remove them and see another path than the adapter did (RFC 3986 5.2.4).
function hasDotSegment(path: string): boolean {
  return /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path);
}
