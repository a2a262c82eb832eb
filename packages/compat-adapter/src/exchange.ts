import type { IncomingMessage, ServerResponse } from "node:http";
import { HEADER } from "@mojaloop-versioning/protocol";
import { handOn, type Ending, type Trace } from "./hand-on.ts";
import type { Leg } from "./leg.ts";
import type { MessageEvent } from "./message-event.ts";
import { refusal } from "./refusal.ts";
import type { Routing } from "./routing.ts";
import type { AdapterStore } from "./store.ts";

/**
 * Takes one message through the adapter and answers its sender; whatever goes wrong ends in an answer. `tell` hears of it before the
 * sender does, so that whoever has the answer finds it counted.
 */
export async function exchange(
  routing: Routing,
  store: AdapterStore,
  side: Leg["side"],
  request: IncomingMessage,
  response: ServerResponse,
  tell: (event: MessageEvent) => void,
): Promise<void> {
  const trace: Trace = { outcome: "refused", errorCallback: false, startedAt: performance.now() };
  const ended = await handOn(routing, store, side, request, trace).catch((error: unknown): Ending => {
    trace.outcome = "failed";
    trace.cause = error;
    return { ok: false, refusal: refusal("2001", "The adapter failed inside") };
  });
  const own = trace.leg?.replyHeaders;
  if (ended.ok) {
    tell(eventOf(routing, side, request, trace, ended.status));
    finish(response, ended.status, own ?? {}, ended.body);
  } else {
    const { status, body, headers } = ended.refusal;
    trace.error = body.errorInformation;
    tell(eventOf(routing, side, request, trace, status));
    // A body that was not read to its end would be taken for the next request.
    const close = request.complete ? {} : { connection: "close" };
    finish(
      response,
      status,
      { "content-type": "application/json", ...own, ...headers, ...close },
      JSON.stringify(body),
    );
  }
}

function finish(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer | string = "",
): void {
  const size = Buffer.byteLength(body);
  response.writeHead(status, { ...headers, "content-length": size });
  // The head goes out in one write if nothing is said to follow it, be it nothing.
  if (size === 0) response.end();
  else response.end(body);
}

function eventOf(
  routing: Routing,
  side: Leg["side"],
  request: IncomingMessage,
  trace: Trace,
  status: number,
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
    status,
    error: trace.error,
    rewritten: trace.rewritten ?? [],
    report: trace.report,
    signature: trace.signature,
    errorCallback: trace.errorCallback,
    conversionMs: trace.conversionMs,
    cause: trace.cause,
  };
}

function knownSource({ participants, hub }: Routing, { headers }: IncomingMessage): string | undefined {
  const source = headers[HEADER.source];
  return typeof source === "string" && (participants.has(source) || source === hub.fspId)
    ? source
    : undefined;
}
