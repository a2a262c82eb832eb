import { errorCallbackHeaders } from "@mojaloop-versioning/negotiate";
import { callbackPathOf, type ErrorBody, type Version } from "@mojaloop-versioning/protocol";
import { receiverVersion } from "./conversation.ts";
import { convertBody } from "./convert-body.ts";
import type { Leg } from "./leg.ts";
import type { Routing } from "./routing.ts";
import type { AdapterStore } from "./store.ts";
import type { Sent } from "./target.ts";

/** Whether anybody took an error callback: nobody does where there is nobody to tell, or who there is refuses it for good. */
export type Told = "told" | "nobody" | "away";

function toldBy(sent: Sent): Told {
  if (sent.ok && sent.status < 300) return "told";
  return sent.ok && sent.status < 500 ? "nobody" : "away";
}

/**
 * Tells the source of a request that its destination cannot take it (API Definition 3.3.4.3, Note). It goes by way of the hub, in
 * the destination's name, so that the hub ends what it has begun; a hub that does not take it is passed by.
 */
export async function sendErrorCallback(
  routing: Routing,
  store: AdapterStore,
  leg: Leg,
  body: unknown,
  error: ErrorBody,
): Promise<Told> {
  const path = callbackPathOf(leg.method, leg.url, body);
  if (leg.kind !== "request" || path === undefined) return "nobody";
  const message = { method: "PUT", path: `${path}/error`, body: Buffer.from(JSON.stringify(error)) };

  const { hub } = routing;
  let byHub: Told = "nobody";
  const version = hub.api.resources[leg.resource];
  if (version !== undefined) {
    const { fspId, jws } = leg.participant;
    const fields = fieldsOf(leg, version, fspId, leg.source);
    const signable = { ...message, source: fspId, destination: leg.source };
    const signature = jws === "resign" ? await routing.signer?.(signable) : undefined;
    const headers = Object.entries({ ...fields, ...signature }).flat();
    byHub = toldBy(await hub.target.send({ ...message, headers }));
    if (byHub === "told") return byHub;
  }

  const source = routing.participants.get(leg.source);
  if (!source) return byHub;
  const spoken = await receiverVersion(routing, store, { ...leg, participant: source }, path);
  if (spoken === undefined) return byHub;
  const fields = fieldsOf(leg, spoken, hub.fspId, leg.source);
  const direct = toldBy(await source.target.send({ ...message, headers: Object.entries(fields).flat() }));
  return direct === "nobody" ? byHub : direct;
}

/**
 * Tells the party that waits for an answer that it cannot be handed on, so that their conversation ends: an error callback to where the
 * answer would have gone, in the version `to` that it would have had. A participant's is in its own name, the hub's in the hub's. Not
 * where money may have moved: an answer that may say so ends nothing.
 */
export async function sendErrorInstead(
  routing: Routing,
  store: AdapterStore,
  leg: Leg,
  to: Version,
  body: unknown,
  error: ErrorBody,
): Promise<Told> {
  const { kind, side, resource, participant } = leg;
  const { hub, signer } = routing;
  const source = side === "participants" ? participant.fspId : hub.fspId;
  const destination = side === "participants" ? leg.destination : participant.fspId;
  if (kind !== "errorCallback" && (kind !== "callback" || mayHaveCommitted(resource, body))) return "nobody";
  const path = callbackPathOf(leg.method, leg.url) ?? "";
  const url = kind === "errorCallback" ? path : `${path}/error`;
  const matched = routing.match("PUT", url);
  if (destination === undefined || !matched) return "nobody";

  // The receiver may know the conversation by another id.
  const told = ofAnswer(leg.source, error);
  const bytes = Buffer.from(JSON.stringify(told));
  const said = await convertBody(routing, store, { ...leg, ...matched, url }, to, bytes, told);
  if (!said.ok) return "nobody";
  const message = { method: "PUT", path: said.url, body: said.bytes ?? bytes };
  const signature =
    participant.jws === "resign" ? await signer?.({ ...message, source, destination }) : undefined;
  const fields = { ...fieldsOf(leg, to, source, destination), ...signature };
  return toldBy(await leg.target.send({ ...message, headers: Object.entries(fields).flat() }));
}

/** The error that the answer's own sender was told, in words for whoever waits for it. */
function ofAnswer(sender: string, { errorInformation }: ErrorBody): ErrorBody {
  const { errorCode, errorDescription } = errorInformation;
  const characters = Array.from(`The answer of ${sender} cannot be handed on: ${errorDescription}`);
  return { errorInformation: { errorCode, errorDescription: characters.slice(0, 128).join("") } };
}

/** How an answer about money says that none has moved and none will (API Definition 6.7, 6.9; FSPIOP API 2.0 for fxTransfers). */
const NOTHING_MOVED: Readonly<Record<string, readonly [member: string, value: string]>> = {
  transfers: ["transferState", "ABORTED"],
  fxTransfers: ["conversionState", "ABORTED"],
  bulkTransfers: ["bulkTransferState", "REJECTED"],
};

// A payee that has committed or reserved would lose its money by an error callback, since the hub would abort, and a payer would take back
// what it has paid. The sender was refused at once and may still answer well; that a transfer expires the hub tells everybody itself.
function mayHaveCommitted(resource: string, body: unknown): boolean {
  const [member, value] = NOTHING_MOVED[resource] ?? [];
  if (member === undefined) return false;
  if (typeof body !== "object" || body === null || "fulfilment" in body) return true;
  return Object.entries(body).find(([name]) => name === member)?.[1] !== value;
}

function fieldsOf(
  { resource, dialect }: Leg,
  version: Version,
  source: string,
  destination: string,
): Readonly<Record<string, string>> {
  return errorCallbackHeaders({ resource, dialect, version }, { source, destination });
}
