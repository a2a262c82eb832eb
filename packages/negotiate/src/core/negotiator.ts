import { pathOfTarget } from "@mojaloop-versioning/protocol";
import type { Offer } from "../options/offer.ts";
import { readOptions, type NegotiatorOptions, type Offers, type Settings } from "../options/options.ts";
import type { NegotiationEvent } from "./event.ts";
import { judge } from "./judge.ts";
import { linesOf, readFields, type Fields, type Message } from "./message.ts";
import type { Negotiated, Negotiation, Unmanaged } from "./negotiation.ts";
import { createPlans, type Plan } from "./plan.ts";
import { OUTCOMES, UNKNOWN_URI, type RefusalReason } from "./refusals.ts";
import { createRouteFinder, type Route } from "./route.ts";

/** The part of a negotiator that adapters need. */
export interface AnyNegotiator<N = Negotiation> {
  readonly negotiate: (message: Message) => N;
  /** The same negotiator for a server that serves it below `prefix`. A `basePath` that starts with the prefix is kept as it is. */
  readonly mountedAt: (prefix: string) => AnyNegotiator<N>;
}

/** Negotiates a version for each message, or refuses it. */
export interface Negotiator<O extends Offer = Offer, C extends Offer = O> extends AnyNegotiator<
  Negotiation<O, C>
> {
  /**
   * Replaces all options at once: each message is judged by the old ones or by the new ones.
   * @throws VersioningError `invalid-option`; the old options then stay in force
   */
  readonly update: (options: NegotiatorOptions<O, C>) => void;
}

type Find = (url: string) => Route<Plan> | undefined;

interface State {
  readonly settings: Settings;
  readonly find: Find;
  /** By the FSP id of participants with offers of their own; `undefined` where there are none. */
  readonly findByParticipant: ReadonlyMap<string, Find> | undefined;
}

const UNMANAGED: Unmanaged = Object.freeze({ ok: true, managed: false });

/**
 * Makes a negotiator. All options are checked here.
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
  let current = options;
  let state = createState(options, "");

  function mountedAt(prefix: string): AnyNegotiator<Negotiation<O, C>> {
    let read = current;
    let mounted = createState(read, prefix);
    return {
      negotiate(message) {
        if (read !== current) {
          read = current;
          mounted = createState(read, prefix);
        }
        return negotiate(mounted, message) as Negotiation<O, C>; // as below
      },
      mountedAt: (deeper) => mountedAt(prefix + deeper),
    };
  }

  return {
    // The plans contain the versions of the options, as the type says.
    negotiate: (message) => negotiate(state, message) as Negotiation<O, C>,
    mountedAt,
    update: (changed) => {
      state = createState(changed, "");
      current = changed;
    },
  };
}

function createState(options: NegotiatorOptions<Offer, Offer>, prefix: string): State {
  const settings = below(prefix, readOptions(options));
  const finderOf = (offers: Offers): Find =>
    createRouteFinder(createPlans(settings, offers), settings.basePath);
  const { participants } = settings;
  return {
    settings,
    find: finderOf(settings),
    findByParticipant:
      participants.size === 0
        ? undefined
        : new Map(Array.from(participants, ([fspId, offers]) => [fspId, finderOf(offers)])),
  };
}

// The base path may be written with or without the prefix.
function below(prefix: string, settings: Settings): Settings {
  const { basePath } = settings;
  if (prefix === "" || basePath === prefix || basePath.startsWith(`${prefix}/`)) return settings;
  return { ...settings, basePath: prefix.replace(/\/$/, "") + basePath };
}

function negotiate({ settings, find, findByParticipant }: State, message: Message): Negotiation {
  const { method, url, mountPath } = message;
  let fields = findByParticipant && readFields(message.headers);
  const finder = findByParticipant?.get(fields?.source ?? "") ?? find;
  const route = finder(url) ?? (mountPath ? finder(mountPath + url) : undefined);
  // OPTIONS asks about the server, not about the resource (RFC 9110 9.3.7).
  if (!route || method === "OPTIONS") {
    if (route?.plan.advertisement) return { ok: true, managed: false, headers: route.plan.advertisement };
    return settings.refusesUnmanaged && !settings.observes ? UNKNOWN_URI : UNMANAGED;
  }

  const plan = planFor(route.plan, settings, message);
  fields ??= readFields(message.headers);
  const outcome = route.disguised ? "disguised" : judge(plan, settings, message, fields);
  if (settings.onNegotiation) report(settings.onNegotiation, settings, { plan, message, fields, outcome });
  if (typeof outcome !== "string") return outcome;
  const refusal = plan.refusals[outcome];
  return settings.observes ? { ok: true, managed: false, observed: refusal } : refusal;
}

function planFor(plan: Plan, { basePath }: Settings, { method, url }: Message): Plan {
  if (!plan.forOperation) return plan;
  const path = pathOfTarget(url);
  return (
    plan.forOperation(method, path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path) ?? plan
  );
}

interface Judged {
  readonly plan: Plan;
  readonly message: Message;
  readonly fields: Fields;
  readonly outcome: Negotiated | RefusalReason;
}

function report(
  onNegotiation: (event: NegotiationEvent) => void,
  settings: Settings,
  { plan, message, fields, outcome }: Judged,
): void {
  const { method, url, headers } = message;
  const agreed = typeof outcome === "string" ? undefined : outcome;
  const firstOf = (name: string): string | undefined => linesOf(headers, name)[0];
  try {
    onNegotiation({
      resource: plan.resource,
      dialect: plan.dialect,
      method,
      url,
      asked: fields.accept,
      agreed: agreed && (agreed.accept ?? agreed.content),
      content: agreed?.content,
      participant: fields.source,
      destination: firstOf("fspiop-destination"),
      traceparent: firstOf("traceparent"),
      requestId: firstOf("x-request-id") ?? firstOf("x-correlation-id"),
      outcome: typeof outcome === "string" ? OUTCOMES[outcome] : "agreed",
      errorCode: typeof outcome === "string" ? plan.refusals[outcome].errorCode : undefined,
      observed: settings.observes,
    });
  } catch (error) {
    // An error of the listener must not reach the sender.
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
