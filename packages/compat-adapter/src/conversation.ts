import {
  createCallbackContext,
  formatCallbackContext,
  parseCallbackContext,
} from "@mojaloop-versioning/negotiate";
import { callbackPathOf, type Version } from "@mojaloop-versioning/protocol";
import type { Leg } from "./leg.ts";
import type { Routing } from "./routing.ts";
import type { AdapterStore } from "./store.ts";

/** Where the answer to this message goes, or where it came: the same path for a request, its callback and its error callback. */
export function conversationOf(leg: Leg, body: unknown): string | undefined {
  const path = callbackPathOf(leg.method, leg.url, body);
  return path?.endsWith("/error") ? path.slice(0, -"/error".length) : path;
}

/**
 * The version in which a participant wants a message from the hub: that of the conversation, else the configured one, else the one it
 * was last heard speaking, else the scheme's. `undefined` where it does not have the resource at all.
 */
export async function receiverVersion(
  routing: Routing,
  store: AdapterStore,
  leg: Leg,
  conversation: string | undefined,
): Promise<Version | undefined> {
  const { fspId, configured } = leg.participant;
  const text = conversation === undefined ? undefined : await store.recall(keyOf(fspId, conversation));
  const agreed = text === undefined ? undefined : parseCallbackContext(text);
  if (agreed?.ok && agreed.context.resource === leg.resource) return agreed.context.version;
  if (configured) return configured[leg.resource];
  return (await store.spoken(fspId, leg.resource)) ?? routing.scheme.resources[leg.resource];
}

/** Whether the version of this message's conversation must be kept, since nothing else would tell it later. */
export function mustRemember(leg: Leg): boolean {
  return leg.participant.configured?.[leg.resource] !== spokenVersion(leg);
}

/** The version that the sender will have to be written in. */
export function spokenVersion(leg: Leg): Version {
  return leg.accept ?? leg.from;
}

/** Keeps the version of a conversation until the message expires (API Definition 6.5, 6.7: `expiration`), and a while longer. */
export async function rememberVersion(
  routing: Routing,
  store: AdapterStore,
  leg: Leg,
  conversation: string,
  body: unknown,
): Promise<void> {
  const expiration =
    typeof body === "object" && body !== null && "expiration" in body ? body.expiration : undefined;
  const left = typeof expiration === "string" ? Date.parse(expiration) - Date.now() : Number.NaN;
  const { rememberMs } = routing.limits;
  // A late callback still finds its version, and no message makes us remember for ever.
  const ttl = Number.isFinite(left) ? Math.min(Math.max(left, 0) + GRACE_MS, MAX_REMEMBER_MS) : rememberMs;
  const { resource, dialect, accept, from: content, source } = leg;
  const context = createCallbackContext({ resource, dialect, accept, content, source });
  await store.remember(keyOf(leg.participant.fspId, conversation), formatCallbackContext(context), ttl);
}

const GRACE_MS = 60_000;
const MAX_REMEMBER_MS = 86_400_000;

function keyOf(fspId: string, conversation: string): string {
  return `${fspId} ${conversation}`;
}
