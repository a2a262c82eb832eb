import type { IncomingMessage, ServerResponse } from "node:http";
import { HEADER } from "@mojaloop-versioning/protocol";
import type { MessageEvent } from "./message-event.ts";
import type { MessageSide } from "./message-in-flight.ts";
import { processMessage, type ProcessedMessage } from "./pipeline.ts";
import type { PipelineContext, Routing } from "./routing.ts";

/**
 * Takes one message through the adapter and answers its sender. `report` is called before the answer is sent, so that a sender that has
 * its answer finds the message in the metrics.
 */
export async function exchange(
  context: PipelineContext,
  side: MessageSide,
  request: IncomingMessage,
  response: ServerResponse,
  report: (event: MessageEvent) => void,
): Promise<void> {
  const startedAt = performance.now();
  const processed = await processMessage(context, side, request);
  const event = eventOf(context.routing, side, request, processed, startedAt);
  report(event);

  const { answer } = processed.end;
  const own = processed.facts.message?.replyHeaders;
  if (answer.ok) {
    finish(response, answer.status, own ?? {}, answer.body);
    return;
  }
  const { status, body, headers } = answer.error;
  // The rest of a body that was not read to its end would be read as the next request.
  const close = request.complete ? {} : { connection: "close" };
  const fields = { "content-type": "application/json", ...own, ...headers, ...close };
  finish(response, status, fields, JSON.stringify(body));
}

function finish(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer | string = "",
): void {
  const size = Buffer.byteLength(body);
  response.writeHead(status, { ...headers, "content-length": size });
  // Without a body argument Node sends the head in one write.
  if (size === 0) response.end();
  else response.end(body);
}

function eventOf(
  routing: Routing,
  side: MessageSide,
  request: IncomingMessage,
  { facts, end }: ProcessedMessage,
  startedAt: number,
): MessageEvent {
  const { message } = facts;
  const { answer } = end;
  return {
    side,
    at: performance.timeOrigin + startedAt,
    durationMs: performance.now() - startedAt,
    source: message?.source ?? knownSource(routing, request),
    destination: message?.destination,
    participant: message?.participant.fspId,
    method: request.method ?? "",
    path: request.url ?? "",
    operation: message?.operation,
    resource: message?.resource,
    from: message?.from,
    to: facts.to,
    outcome: end.outcome,
    status: answer.ok ? answer.status : answer.error.status,
    error: answer.ok ? undefined : answer.error.body.errorInformation,
    rewritten: facts.rewritten ?? [],
    report: facts.report,
    signature: facts.signature,
    errorCallback: end.errorCallback ?? false,
    conversionMs: facts.conversionMs,
    farEndMs: end.farEndMs,
    failedStore: end.failedStore,
    cause: end.cause,
  };
}

function knownSource({ participants, hub }: Routing, { headers }: IncomingMessage): string | undefined {
  const source = headers[HEADER.source];
  return typeof source === "string" && (participants.has(source) || source === hub.fspId)
    ? source
    : undefined;
}
