import type { IncomingMessage } from "node:http";
import { formatMediaType, HEADER, type ErrorBody, type Version } from "@mojaloop-versioning/protocol";
import type { Report } from "@mojaloop-versioning/transform";
import {
  conversationOf,
  mustRemember,
  receiverVersion,
  rememberVersion,
  spokenVersion,
} from "./conversation.ts";
import { convertBody, parseBody, type Converted } from "./convert-body.ts";
import { isNeededLater, keepForLater } from "./earlier.ts";
import { sendErrorInstead } from "./error-callback.ts";
import { failureOf } from "./far-end.ts";
import { forwardedHeaders } from "./header-fields.ts";
import { readLeg, type Leg } from "./leg.ts";
import type { Outcome } from "./message-event.ts";
import { refusal, type Refusal } from "./refusal.ts";
import { refuseMessage, refuseOnward, type Way } from "./refuse-onward.ts";
import { receiveBody, type ReceivedBody } from "./request-body.ts";
import type { Routing } from "./routing.ts";
import { signatureFate, SIGNATURE_FIELDS, type Alteration, type SignatureFate } from "./signature.ts";
import type { AdapterStore } from "./store.ts";

/** What became of a message, filled in on the way. */
export interface Trace {
  /** On the clock of `performance`. */
  readonly startedAt: number;
  leg?: Leg;
  to?: Version;
  outcome: Outcome;
  error?: ErrorBody["errorInformation"];
  rewritten?: readonly string[];
  report?: Report;
  signature?: SignatureFate;
  errorCallback: boolean;
  conversionMs?: number;
  cause?: unknown;
}

/** What the sender is to be told. */
export type Ending =
  | { readonly ok: true; readonly status: number; readonly body?: Buffer }
  | { readonly ok: false; readonly refusal: Refusal };

/** Hands one message on, converted where the versions differ; says how its sender is to be answered. */
export async function handOn(
  routing: Routing,
  store: AdapterStore,
  side: Leg["side"],
  request: IncomingMessage,
  trace: Trace,
): Promise<Ending> {
  const read = readLeg(routing, side, request);
  if (!read.ok) {
    const { answer, refusal: reason } = read;
    const spoken = answer && (await versionOnward(routing, store, answer));
    if (answer && spoken !== undefined)
      trace.errorCallback =
        (await sendErrorInstead(routing, store, answer, spoken, undefined, reason.body)) === "told";
    return read;
  }
  const { leg } = read;
  trace.leg = leg;

  const path = pathOfAnswer(leg);
  const to = await versionOnward(routing, store, leg);
  const way: Way = { routing, store, leg, to, trace };
  if (to !== undefined) trace.to = to;
  const convert = to !== leg.from;
  const remember = side === "participants" && mustRemember(leg);
  const signed = request.headers[HEADER.signature] !== undefined;
  const looked =
    convert || (signed && leg.accept !== undefined && leg.accept !== to) || (remember && path === undefined);

  const needed = isNeededLater(routing, leg);
  const whole = looked || needed;

  const received = await receiveBody(request, routing.limits.bodyBytes, whole);
  if (!received.ok) {
    // Who was cut off comes again.
    if (received.why === "cut") return refused(refusal("3101", "The body ended early"));
    return refuseMessage(way, tooLarge(routing), undefined);
  }
  const started = performance.now();
  const parsed = whole ? parseBody(received.bytes()) : undefined;
  if (looked && parsed?.ok === false) return refuseMessage(way, parsed.refusal, undefined);
  const body = parsed?.ok ? parsed.body : undefined;

  if (to === undefined) {
    const { fspId } = leg.participant;
    const reason = refusal("3002", `${fspId} speaks no version that has ${leg.resource}`);
    return refuseOnward(way, reason, [], body ?? (await late(received)));
  }
  let converted: Converted | undefined;
  if (convert) {
    const wrong = routing.judge(leg.operation, leg.resource, leg.from, body);
    if (wrong) return refuseOnward(way, wrong, [to], body);
    const said = await convertBody(
      routing,
      store,
      leg,
      to,
      received.onward === null ? null : received.bytes(),
      body,
    );
    trace.conversionMs = performance.now() - started;
    if (!said.ok && "swallow" in said) {
      trace.outcome = "swallowed";
      return { ok: true, status: leg.kind === "request" ? 202 : 200 };
    }
    if (!said.ok) return refuseOnward(way, said.refusal, [to], body);
    converted = said;
    if (said.report) trace.report = said.report;
  }

  const fields = rewritten(leg, to);
  trace.rewritten = Object.keys(fields).filter((name) => request.headers[name] !== fields[name]);
  const fate = fateOfSignature(leg, request, {
    content: converted?.changed ?? false,
    fields: trace.rewritten,
  });
  trace.signature = fate;
  if (fate === "refused") {
    const reason = refusal("3105", `The signature would not hold in ${leg.resource} ${to}`);
    return refuseOnward(way, reason, [to], body ?? (await late(received)));
  }
  const url = converted?.url ?? leg.url;
  if (fate === "stripped") for (const field of SIGNATURE_FIELDS) fields[field] = undefined;
  if (fate === "resigned" && routing.signer) {
    const { method, source, destination } = leg;
    const bytes = (converted ? converted.bytes : received.bytes()) ?? Buffer.alloc(0);
    Object.assign(fields, await routing.signer({ method, path: url, source, destination, body: bytes }));
  }

  const onward = converted ?? { url, body };
  if (needed) await keepForLater(routing, store, leg, body, [{ url: leg.url, body }, onward]);
  if (side === "participants") {
    await store.see(leg.source, leg.resource, spokenVersion(leg), Date.now());
    const conversation = conversationOf(leg, onward);
    if (remember && conversation !== undefined)
      await rememberVersion(routing, store, leg, conversation, body);
  }

  const sent = await leg.target.send({
    method: leg.method,
    path: url,
    headers: forwardedHeaders(request.rawHeaders, fields),
    body: converted ? converted.bytes : received.onward,
  });
  if (received.tooLarge()) return refuseMessage(way, tooLarge(routing), undefined);
  if (sent.ok && sent.status < 300) {
    trace.outcome = convert ? "converted" : "passed";
    return { ok: true, status: sent.status, body: sent.body };
  }
  trace.outcome = "failed";
  if (!sent.ok) trace.cause = sent.cause;
  const reason = failureOf(sent);
  if (!sent.ok || sent.status !== 406) return refused(reason);
  return refuseOnward(way, reason, [], body ?? (await late(received)));
}

/** The version in which a message goes on; `undefined` where its receiver does not have the resource. */
async function versionOnward(routing: Routing, store: AdapterStore, leg: Leg): Promise<Version | undefined> {
  if (leg.side === "participants") return routing.hub.api.resources[leg.resource];
  return receiverVersion(routing, store, leg, pathOfAnswer(leg));
}

/** Where its answer goes, or it as an answer, as far as the head tells. */
function pathOfAnswer(leg: Leg): string | undefined {
  return leg.method === "POST" ? undefined : conversationOf(leg, { url: leg.url, body: undefined });
}

function refused(reason: Refusal): Ending {
  return { ok: false, refusal: reason };
}

function tooLarge({ limits }: Routing): Refusal {
  return refusal("3104", `The body is larger than ${limits.bodyBytes} bytes`);
}

// A body that was streamed on is parsed only to learn whose error callback it is.
async function late(received: ReceivedBody): Promise<unknown> {
  const parsed = parseBody(await received.whole());
  return parsed.ok ? parsed.body : undefined;
}

/** The header fields that say a version, where they must say another; `undefined` takes one away. */
function rewritten(leg: Leg, to: Version): Record<string, string | undefined> {
  if (to === leg.from && (leg.accept ?? to) === to) return {};
  const type = formatMediaType({ resource: leg.resource, dialect: leg.dialect, version: to });
  return { [HEADER.contentType]: type, [HEADER.accept]: leg.accept === undefined ? undefined : type };
}

function fateOfSignature(leg: Leg, request: IncomingMessage, altered: Alteration): SignatureFate {
  const signature = request.headers[HEADER.signature];
  return typeof signature === "string" ? signatureFate(signature, altered, leg.participant.jws) : undefined;
}
