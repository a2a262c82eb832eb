import {
  createCallbackContext,
  formatCallbackContext,
  parseCallbackContext,
} from "@mojaloop-versioning/negotiate";
import { callbackPathOf, type Version } from "@mojaloop-versioning/protocol";
import type { Leg } from "./leg.ts";
import type { Routing } from "./routing.ts";
import type { AdapterStore } from "./store.ts";

/**
 * Where the answer to a message goes, or where it came: the same path for a request, its callback and its error callback. The hub's
 * own words tell it, since ids may be others in an older version.
 */
export function conversationOf(
  { method }: Leg,
  { url, body }: { readonly url: string; readonly body: unknown },
): string | undefined {
  const path = callbackPathOf(method, url, body);
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

/** Keeps the version of a conversation. */
export async function rememberVersion(
  routing: Routing,
  store: AdapterStore,
  leg: Leg,
  conversation: string,
  body: unknown,
): Promise<void> {
  const { resource, dialect, accept, from: content, source } = leg;
  const context = createCallbackContext({ resource, dialect, accept, content, source });
  const key = keyOf(leg.participant.fspId, conversation);
  await store.remember(key, formatCallbackContext(context), keepFor(routing, body));
}

/** Milliseconds for which something about a message is kept: until it expires (API Definition 6.5, 6.7: `expiration`), and a while longer. */
export function keepFor({ limits }: Routing, body: unknown): number {
  const expiration =
    typeof body === "object" && body !== null && "expiration" in body ? body.expiration : undefined;
  const left = typeof expiration === "string" ? Date.parse(expiration) - Date.now() : Number.NaN;
  // A late callback still finds its version, and no message makes us remember for ever.
  return Number.isFinite(left) ? Math.min(Math.max(left, 0) + GRACE_MS, MAX_REMEMBER_MS) : limits.rememberMs;
}

const GRACE_MS = 60_000;
const MAX_REMEMBER_MS = 86_400_000;

function keyOf(fspId: string, conversation: string): string {
  return `${fspId} ${conversation}`;
}
