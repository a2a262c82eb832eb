import { majorOf, newestFirst, type Version } from "@mojaloop-versioning/protocol";
import { cheapestWay, worstOf, type Conversion, type ConversionStep, type Coverage } from "./conversion.ts";
import { preferred, type Manifest } from "../manifest/manifest.ts";
import { FSPIOP_RESOURCES, speakerOf, type Speaker, type Spoken } from "./participant.ts";
import { RULES, type RuleId } from "../rules/rule.ts";

/** Whether two participants reach each other: by themselves, only over the adapter, or not at all. */
export type TalkVerdict = "direct" | "adapter" | "no";

/** The answer for one resource. */
export interface ResourceTalk {
  readonly resource: string;
  readonly verdict: TalkVerdict;
  /** The versions that the payer, the hub and the payee would use. */
  readonly payer?: Version;
  readonly hub?: Version;
  readonly payee?: Version;
  /** What the conversions on the way there and back lose at worst. Absent when none is needed. */
  readonly conversion?: Conversion;
  readonly steps: readonly ConversionStep[];
  readonly rule: RuleId;
  readonly reason: string;
}

/** The answer for a payment: as good as the worst of its resources. */
export interface Talk {
  readonly hub: string;
  readonly verdict: TalkVerdict;
  readonly conversion?: Conversion;
  readonly resources: readonly ResourceTalk[];
}

/** What `canTalk` may be told. */
export interface TalkOptions {
  /** The resources that the payment needs. The default is a plain transfer: parties, quotes, transfers. */
  readonly resources?: readonly string[];
  /** What conversions lose: `registry.coverage()` of `@mojaloop-versioning/transform`. Without it the loss is `unknown`. */
  readonly coverage?: Coverage;
}

const PAYMENT = ["parties", "quotes", "transfers"];
const RANK: Readonly<Record<TalkVerdict, number>> = { direct: 0, adapter: 1, no: 2 };

/** Whether the payer can pay the payee through a hub of this release, resource by resource, with the reason. */
export function canTalk(hub: Manifest, payer: Spoken, payee: Spoken, options: TalkOptions = {}): Talk {
  const [from, to] = [speakerOf(payer), speakerOf(payee)];
  const resources = (options.resources ?? PAYMENT).map((resource) =>
    talkAbout(resource, offerOf(hub, resource), from, to, options.coverage),
  );
  const worst = resources.reduce<ResourceTalk | undefined>(
    (most, talk) => (!most || RANK[talk.verdict] > RANK[most.verdict] ? talk : most),
    undefined,
  );
  const conversions = resources.flatMap(({ conversion }) => conversion ?? []);
  return {
    hub: hub.id,
    verdict: worst?.verdict ?? "direct",
    ...(conversions.length > 0 && { conversion: worstOf(conversions) }),
    resources,
  };
}

/** What a hub of this release accepts of a resource. */
interface HubOffer {
  /** Newest first. */
  readonly versions: readonly Version[];
  /** Whether the versions are those of its services; else they are those of the APIs that the release declares. */
  readonly exact: boolean;
}

function offerOf(hub: Manifest, resource: string): HubOffer {
  const fspiop = hub.apis["fspiop"];
  const own = fspiop && Object.hasOwn(fspiop.resources, resource) ? fspiop.resources[resource] : undefined;
  if (own || !fspiop) return { versions: newestFirst(own?.accepts ?? []), exact: true };
  const declared = (preferred(fspiop.declared) ?? []).filter((version) =>
    Object.hasOwn(FSPIOP_RESOURCES, version),
  );
  // A release that lists resources, but not this one, does not serve it.
  if (Object.keys(fspiop.resources).length > 0) return { versions: [], exact: true };
  return { versions: versionsOf(speakerOf(declared), resource), exact: false };
}

function talkAbout(
  resource: string,
  hub: HubOffer,
  payer: Speaker,
  payee: Speaker,
  coverage: Coverage | undefined,
): ResourceTalk {
  const sent = versionsOf(payer, resource);
  const read = versionsOf(payee, resource);
  const answer = (verdict: TalkVerdict, rule: RuleId, rest: Partial<ResourceTalk> = {}): ResourceTalk => ({
    resource,
    verdict,
    steps: [],
    rule,
    reason: RULES[rule].says,
    ...rest,
  });
  if (sent.length === 0 || read.length === 0 || hub.versions.length === 0) return answer("no", "no-resource");

  const pairs = sent.flatMap((from) => read.map((to) => ({ from, to })));
  // A release that only declares an API accepts every minor of its major.
  const accepts = (version: Version): boolean =>
    hub.exact
      ? hub.versions.includes(version)
      : hub.versions.some((other) => majorOf(other) === majorOf(version));
  const alike = pairs.filter(({ from, to }) => majorOf(from) === majorOf(to) && accepts(from) && accepts(to));
  const same = alike.find(({ from, to }) => from === to);
  const direct = same ?? alike[0];
  if (direct) {
    return answer("direct", same ? "same-version" : "same-major", {
      payer: direct.from,
      hub: direct.from,
      payee: direct.to,
    });
  }
  const way = cheapestWay({ resource, hub: hub.versions, accepts, coverage }, pairs);
  if (!way) return answer("no", "no-resource");
  const rule = majorOf(way.payer) === majorOf(way.payee) ? "hub-forwards" : "other-major";
  const possible = way.conversion !== "refused" && way.conversion !== "missing";
  return answer(possible ? "adapter" : "no", rule, way);
}

function versionsOf({ versions }: Speaker, resource: string): Version[] {
  return Object.hasOwn(versions, resource) ? newestFirst(versions[resource] ?? []) : [];
}
