import { callbackHeaders } from "@mojaloop-versioning/negotiate";
import { callbackPathOf, isJsonObject, type ErrorBody, type Version } from "@mojaloop-versioning/protocol";
import { convertBody } from "../bodies/convert-body.ts";
import type { Delivery } from "../delivery/target.ts";
import { signableBytes } from "../signatures/signer.ts";
import { receiverVersion } from "./choose-version.ts";
import type { MessageInFlight } from "./message-in-flight.ts";
import type { PipelineContext } from "./routing.ts";

/** Whether an error callback reached a receiver: "undeliverable" if there is none or it refuses for good. */
export type CallbackDelivery = "delivered" | "undeliverable" | "unreachable";

/** An error, and the body of the message that it is about. */
export interface MessageError {
  readonly error: ErrorBody;
  readonly body: unknown;
}

function outcomeOf(delivery: Delivery): CallbackDelivery {
  if (delivery.ok && delivery.status < 300) return "delivered";
  return delivery.ok && delivery.status < 500 ? "undeliverable" : "unreachable";
}

/**
 * Sends the source of a request the error of its destination (API Definition 3.3.4.3, Note). It goes through the hub, in the
 * destination's name, so that the hub ends the conversation; if the hub does not take it, directly to the source.
 */
export async function sendErrorCallback(
  context: PipelineContext,
  message: MessageInFlight,
  { error, body }: MessageError,
): Promise<CallbackDelivery> {
  const { hub, signer, participants } = context.routing;
  const path = callbackPathOf(message.method, message.url, body);
  if (message.kind !== "request" || path === undefined) return "undeliverable";
  const callback = { method: "PUT", path: `${path}/error`, body: signableBytes(error) };

  let throughHub: CallbackDelivery = "undeliverable";
  const version = hub.api.resources[message.resource];
  if (version !== undefined) {
    const { fspId, jws } = message.participant;
    const parties = { source: fspId, destination: message.source };
    const signature = jws === "resign" ? await signer?.({ ...callback, ...parties }) : undefined;
    const headers = { ...headersOf(message, version, parties), ...signature };
    throughHub = outcomeOf(await hub.target.send({ ...callback, headers: Object.entries(headers).flat() }));
    if (throughHub === "delivered") return throughHub;
  }

  const source = participants.get(message.source);
  if (!source) return throughHub;
  const spoken = await receiverVersion(context, { ...message, participant: source }, path);
  if (spoken === undefined) return throughHub;
  const headers = headersOf(message, spoken, { source: hub.fspId, destination: message.source });
  const direct = outcomeOf(
    await source.target.send({ ...callback, headers: Object.entries(headers).flat() }),
  );
  return direct === "undeliverable" ? throughHub : direct;
}

/**
 * Sends the receiver of an answer that cannot be delivered an error callback in the version `to`, so that its conversation ends. The one
 * for an answer of a participant is in that participant's name, the one for an answer of the hub in the hub's. Nothing is sent if money
 * may have moved.
 */
export async function sendErrorInsteadOfAnswer(
  context: PipelineContext,
  message: MessageInFlight,
  to: Version,
  { error, body }: MessageError,
): Promise<CallbackDelivery> {
  const { kind, side, resource, participant } = message;
  const { hub, signer, match, conversion } = context.routing;
  const source = side === "participants" ? participant.fspId : hub.fspId;
  const destination = side === "participants" ? message.destination : participant.fspId;
  if (kind !== "errorCallback" && (kind !== "callback" || mayHaveMovedMoney(resource, body)))
    return "undeliverable";
  const path = callbackPathOf(message.method, message.url) ?? "";
  const url = kind === "errorCallback" ? path : `${path}/error`;
  const matched = match("PUT", url);
  if (destination === undefined || !matched) return "undeliverable";

  // The receiver may know the conversation by another id.
  const ofAnswer = errorOfAnswer(message.source, error);
  const bytes = signableBytes(ofAnswer);
  const errorMessage = { ...message, ...matched, url };
  const converted = await convertBody(conversion, context.store, errorMessage, to, { bytes, body: ofAnswer });
  if (!converted.ok) return "undeliverable";
  const callback = { method: "PUT", path: converted.url, body: signableBytes(converted.body) };
  const parties = { source, destination };
  const signature = participant.jws === "resign" ? await signer?.({ ...callback, ...parties }) : undefined;
  const headers = { ...headersOf(message, to, parties), ...signature };
  return outcomeOf(await message.target.send({ ...callback, headers: Object.entries(headers).flat() }));
}

// The error that the sender of the answer got, worded for its receiver.
function errorOfAnswer(sender: string, { errorInformation }: ErrorBody): ErrorBody {
  const { errorCode, errorDescription } = errorInformation;
  const characters = Array.from(`The answer of ${sender} cannot be forwarded: ${errorDescription}`);
  return { errorInformation: { errorCode, errorDescription: characters.slice(0, 128).join("") } };
}

// The state in which an answer about money says that none has moved (API Definition 6.7, 6.9; FSPIOP API 2.0 for fxTransfers).
const NOTHING_MOVED: Readonly<Record<string, readonly [member: string, value: string]>> = {
  transfers: ["transferState", "ABORTED"],
  fxTransfers: ["conversionState", "ABORTED"],
  bulkTransfers: ["bulkTransferState", "REJECTED"],
};

// After an error callback the hub would abort: a payee that has committed would lose its money, and a payer would take back what it has
// paid. The sender has its refusal and can answer again; the hub itself ends a transfer that expires.
function mayHaveMovedMoney(resource: string, body: unknown): boolean {
  const [member, value] = NOTHING_MOVED[resource] ?? [];
  if (member === undefined) return false;
  return !isJsonObject(body) || "fulfilment" in body || body[member] !== value;
}

function headersOf(
  { resource, dialect }: MessageInFlight,
  version: Version,
  parties: { readonly source: string; readonly destination: string },
): Readonly<Record<string, string>> {
  return callbackHeaders({ resource, dialect, version }, parties);
}
