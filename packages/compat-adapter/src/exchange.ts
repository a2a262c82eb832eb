import type { IncomingMessage, ServerResponse } from "node:http";
import { HEADER } from "@mojaloop-versioning/protocol";
import { handOn, type Trace } from "./hand-on.ts";
import type { Leg } from "./leg.ts";
import type { MessageEvent } from "./message-event.ts";
import { refusal, type Refusal } from "./refusal.ts";
import type { Routing } from "./routing.ts";
import type { AdapterStore } from "./store.ts";

/** Takes one message through the adapter and answers its sender; whatever goes wrong ends in an answer. */
export async function exchange(
  routing: Routing,
  store: AdapterStore,
  side: Leg["side"],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<MessageEvent> {
  const trace: Trace = { outcome: "refused", errorCallback: false, startedAt: performance.now() };
  try {
    const ended = await handOn(routing, store, side, request, trace);
    if (ended.ok) finish(response, ended.status, trace.leg?.replyHeaders ?? {}, ended.body);
    else refuse(request, response, trace, ended.refusal);
  } catch (error) {
    trace.outcome = "failed";
    trace.cause = error;
    if (!response.headersSent) refuse(request, response, trace, refusal("2001", "The adapter failed inside"));
  }
  return eventOf(routing, request, response, side, trace);
}

/** Answers with an error, in the sender's version where that is known. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  trace: Trace,
  { status, body, headers }: Refusal,
): void {
  trace.error = body.errorInformation;
  // A body that was not read to its end would be taken for the next request.
  const close = request.complete ? {} : { connection: "close" };
  const own = { ...trace.leg?.replyHeaders, ...headers };
  finish(response, status, { "content-type": "application/json", ...own, ...close }, JSON.stringify(body));
}

function finish(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer | string = "",
): void {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

function knownSource({ participants, hub }: Routing, { headers }: IncomingMessage): string | undefined {
  const source = headers[HEADER.source];
  return typeof source === "string" && (participants.has(source) || source === hub.fspId)
    ? source
    : undefined;
}

function eventOf(
  routing: Routing,
  request: IncomingMessage,
  response: ServerResponse,
  side: Leg["side"],
  trace: Trace,
): MessageEvent {
  const { leg } = trace;
  return {
    side,
    at: performance.timeOrigin + trace.startedAt,
    durationMs: performance.now() - trace.startedAt,
    source: leg?.source ?? knownSource(routing, request),
    destination: leg?.destination,
    participant: leg?.participant.fspId,
    method: request.method ?? "",
    path: request.url ?? "",
    operation: leg?.operation,
    resource: leg?.resource,
    from: leg?.from,
    to: trace.to,
    outcome: trace.outcome,
    status: response.statusCode,
    error: trace.error,
    rewritten: trace.rewritten ?? [],
    report: trace.report,
    signature: trace.signature,
    errorCallback: trace.errorCallback,
    conversionMs: trace.conversionMs,
    cause: trace.cause,
  };
}
