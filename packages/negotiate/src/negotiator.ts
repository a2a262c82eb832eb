import { errorBody, statusOf, type Version } from "@mojaloop-versioning/protocol";
import type { NegotiationEvent, NegotiationOutcome } from "./event.ts";
import { readFields, type Fields, type Message } from "./message.ts";
import type { Agreement, Negotiated, Negotiation, Refusal, Unmanaged } from "./negotiation.ts";
import type { Offer } from "./offer.ts";
import { readOptions, type NegotiatorOptions, type Settings } from "./options.ts";
import { createRouteFinder, type Route } from "./path.ts";
import { createPlans, type Plan, type RefusalReason } from "./plan.ts";

/** Agrees a version for each message, or refuses it. */
export interface Negotiator<O extends Offer = Offer, C extends Offer = O> {
  readonly negotiate: (message: Message) => Negotiation<O, C>;
  /**
   * Swaps all options at once: a message is judged by the old ones or by the new ones, never by a mixture.
   * @throws VersioningError `invalid-option`; the old options then stay
   */
  readonly update: (options: NegotiatorOptions<O, C>) => void;
}

interface State {
  readonly settings: Settings;
  readonly find: (url: string) => Route<Plan> | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const UNMANAGED: Unmanaged = Object.freeze({ ok: true, managed: false });

const UNKNOWN_URI: Refusal = Object.freeze({
  ok: false,
  status: statusOf("3002"),
  errorCode: "3002",
  body: errorBody("3002"),
  headers: Object.freeze({ "content-type": "application/json" }),
});

const OUTCOMES: Readonly<Record<RefusalReason, NegotiationOutcome>> = {
  acceptMissing: "missing",
  acceptMalformed: "malformed",
  unacceptable: "unacceptable",
  contentMissing: "missing",
  contentMalformed: "malformed",
  contentUnsupported: "unsupported",
  disguised: "disguised",
};

/**
 * Makes a negotiator of options, all checked here.
 *
 * ```ts
 * const { negotiate } = createNegotiator({ offer: { transfers: ["1.0", "1.1"] } });
 * const outcome = negotiate({ method: req.method, url: req.url, headers: req.rawHeaders });
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export function createNegotiator<const O extends Offer, const C extends Offer = O>(
  options: NegotiatorOptions<O, C>,
): Negotiator<O, C> {
  let state = createState(options);
  return {
    // The versions that the plans hand out are those of the options, which is what the type says of them.
    negotiate: (message) => negotiate(state, message) as Negotiation<O, C>,
    update: (changed) => {
      state = createState(changed);
    },
  };
}

function createState(options: NegotiatorOptions<Offer, Offer>): State {
  const settings = readOptions(options);
  return { settings, find: createRouteFinder(createPlans(settings), settings.basePath) };
}

function negotiate({ settings, find }: State, { method, url, headers }: Message): Negotiation {
  // OPTIONS asks about the server, not about the resource's content (RFC 9110 9.3.7).
  const route = method === "OPTIONS" ? undefined : find(url);
  if (!route) return settings.refusesUnmanaged ? UNKNOWN_URI : UNMANAGED;

  const { plan } = route;
  const fields = readFields(headers);
  const outcome = route.disguised ? "disguised" : judge(plan, settings, method, fields);
  if (settings.onNegotiation) report(settings.onNegotiation, plan, method, fields, outcome);
  return typeof outcome === "string" ? plan.refusals[outcome] : outcome;
}

function judge(plan: Plan, settings: Settings, method: string, fields: Fields): Negotiated | RefusalReason {
  const callback = method === "PUT" || method === "PATCH";
  let accept: Negotiated["accept"];
  if (!callback || (settings.judgesCallbackAccept && fields.accept)) {
    const verdict = fields.accept ? plan.judgeAccept(fields.accept) : "missing";
    if (verdict === "missing") return "acceptMissing";
    if (verdict === "malformed") return "acceptMalformed";
    if (verdict === "unacceptable" || verdict === "foreign") return "unacceptable";
    if (!callback) accept = verdict;
  }

  let content: Negotiated["content"];
  if (fields.contentType) {
    const verdict = plan.judgeContent(fields.contentType);
    // Node's own header object keeps the first line only; a second that says otherwise leaves the body unreadable.
    const contradicted = fields.moreContentTypes?.some(
      (line) => verdict === "unsupported" || plan.judgeContent(line) !== verdict,
    );
    if (verdict === "malformed" || contradicted) return "contentMalformed";
    if (verdict === "unsupported") return "contentUnsupported";
    content = verdict;
  } else if (accept !== undefined && !settings.needsBodylessContentType && isBodyless(method)) {
    content = accept;
  } else {
    return "contentMissing";
  }

  // Optional members are assigned, not spread: this is the hot path.
  const agreed: Mutable<Agreement<string, Version, Version>> = {
    ok: true,
    managed: true,
    resource: plan.resource,
    content,
    dialect: plan.dialect,
    headers: plan.stampOf(accept, content),
  };
  if (accept !== undefined) {
    agreed.accept = accept;
    agreed.callbackContentType = plan.mediaTypeOf(accept);
  }
  if (fields.source !== undefined) agreed.source = fields.source;
  return agreed;
}

function isBodyless(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "DELETE";
}

function report(
  onNegotiation: (event: NegotiationEvent) => void,
  plan: Plan,
  method: string,
  fields: Fields,
  outcome: Negotiated | RefusalReason,
): void {
  const agreed = typeof outcome === "string" ? undefined : outcome;
  try {
    onNegotiation({
      resource: plan.resource,
      method,
      asked: fields.accept,
      agreed: agreed && (agreed.accept ?? agreed.content),
      content: agreed?.content,
      participant: fields.source,
      outcome: typeof outcome === "string" ? OUTCOMES[outcome] : "agreed",
    });
  } catch (error) {
    // A listener's fault must not become the sender's.
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
