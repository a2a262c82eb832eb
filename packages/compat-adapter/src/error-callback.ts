import { errorCallbackHeaders } from "@mojaloop-versioning/negotiate";
import { callbackPathOf, type ErrorBody, type Version } from "@mojaloop-versioning/protocol";
import { receiverVersion } from "./conversation.ts";
import type { Leg } from "./leg.ts";
import type { Routing } from "./routing.ts";
import type { AdapterStore } from "./store.ts";

/**
 * Tells the source of a request that its destination cannot take it (API Definition 3.3.4.3, Note). It goes by way of the hub, in
 * the destination's name, so that the hub ends what it has begun; a hub that does not take it is passed by. Says whether anybody took it.
 */
export async function sendErrorCallback(
  routing: Routing,
  store: AdapterStore,
  leg: Leg,
  body: unknown,
  error: ErrorBody,
): Promise<boolean> {
  const path = callbackPathOf(leg.method, leg.url, body);
  if (leg.kind !== "request" || path === undefined) return false;
  const message = { method: "PUT", path: `${path}/error`, body: Buffer.from(JSON.stringify(error)) };

  const { hub } = routing;
  const version = hub.api.resources[leg.resource];
  if (version !== undefined) {
    const { fspId, jws } = leg.participant;
    const fields = fieldsOf(leg, version, fspId, leg.source);
    const signable = { ...message, source: fspId, destination: leg.source };
    const signature = jws === "resign" ? await routing.signer?.(signable) : undefined;
    const sent = await hub.target.send({
      ...message,
      headers: Object.entries({ ...fields, ...signature }).flat(),
    });
    if (sent.ok && sent.status < 300) return true;
  }

  const source = routing.participants.get(leg.source);
  if (!source) return false;
  const spoken = await receiverVersion(routing, store, { ...leg, participant: source }, path);
  if (spoken === undefined) return false;
  const fields = fieldsOf(leg, spoken, hub.fspId, leg.source);
  const sent = await source.target.send({ ...message, headers: Object.entries(fields).flat() });
  return sent.ok && sent.status < 300;
}

function fieldsOf(
  { resource, dialect }: Leg,
  version: Version,
  source: string,
  destination: string,
): Readonly<Record<string, string>> {
  return errorCallbackHeaders({ resource, dialect, version }, { source, destination });
}
