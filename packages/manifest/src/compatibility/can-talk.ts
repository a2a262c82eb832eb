import { majorOf, newestFirst, VersioningError, type Version } from "@mojaloop-versioning/protocol";
import { preferred, type Manifest } from "../manifest/manifest.ts";
import { RULES, type RuleId } from "../rules/rule.ts";
import {
  cheapestConversion,
  worstOf,
  type Conversion,
  type ConversionStep,
  type Coverage,
} from "./conversion.ts";
import { FSPIOP_RESOURCES, KNOWN_RESOURCES, speakerOf, type Speaker, type Spoken } from "./participant.ts";

/** Whether two participants reach each other: directly, only with the adapter, not at all, or not known. */
export type TalkVerdict = "direct" | "adapter" | "no" | "unknown";

/** The answer for one resource. */
export interface ResourceTalk {
  readonly resource: string;
  readonly verdict: TalkVerdict;
  /** The versions that the payer, the hub and the payee would use. */
  readonly payer?: Version;
  readonly hub?: Version;
  readonly payee?: Version;
  /** What the conversions there and back lose at worst. Absent when none is needed. */
  readonly conversion?: Conversion;
  readonly steps: readonly ConversionStep[];
  readonly rule: RuleId;
  readonly reason: string;
}

/** The answer for a payment: the worst of its resources. */
export interface Talk {
  readonly hub: string;
  readonly verdict: TalkVerdict;
  readonly conversion?: Conversion;
  readonly resources: readonly ResourceTalk[];
}

/** What `canTalk` takes besides the three parties. */
export interface TalkOptions {
  /** The resources that the payment needs. The default is a plain transfer: parties, quotes, transfers. */
  readonly resources?: readonly string[];
  /** What conversions lose: `registry.coverage()` of `@mojaloop-versioning/transform`. Without it a needed conversion is `unknown`. */
  readonly coverage?: Coverage;
}

const PAYMENT = ["parties", "quotes", "transfers"];
const RANK: Readonly<Record<TalkVerdict, number>> = { direct: 0, adapter: 1, unknown: 2, no: 3 };

/**
 * Whether the payer can pay the payee through a hub of this release, resource by resource, with the reason.
 * @throws VersioningError `unknown-release` for a resource that no FSPIOP API version has
 */
export function canTalk(hub: Manifest, payer: Spoken, payee: Spoken, options: TalkOptions = {}): Talk {
  const [from, to] = [speakerOf(payer), speakerOf(payee)];
  const resources = (options.resources ?? PAYMENT).map((resource) => {
    if (!KNOWN_RESOURCES.includes(resource)) {
      const known = KNOWN_RESOURCES.join(", ");
      throw new VersioningError("unknown-release", `no FSPIOP resource "${resource}"; known are ${known}`);
    }
    return talkAbout({ resource, coverage: options.coverage }, offerOf(hub, resource), from, to);
  });
  const worst = resources.reduce<ResourceTalk | undefined>(
    (most, talk) => (!most || RANK[talk.verdict] > RANK[most.verdict] ? talk : most),
    undefined,
  );
  const conversions = resources.flatMap(({ conversion }) => conversion ?? []);
  return {
    hub: hub.id,
    verdict: worst?.verdict ?? "unknown",
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

// `undefined`: not known.
function offerOf(hub: Manifest, resource: string): HubOffer | undefined {
  const fspiop = hub.apis["fspiop"];
  if (!fspiop) return undefined;
  const own = Object.hasOwn(fspiop.resources, resource) ? fspiop.resources[resource] : undefined;
  if (own) return { versions: newestFirst(own.accepts), exact: true };
  const declared =
    preferred(fspiop.declared)?.filter((version) => Object.hasOwn(FSPIOP_RESOURCES, version)) ?? [];
  if (Object.keys(fspiop.resources).length === 0) {
    if (declared.length === 0) return undefined;
    return { versions: newestFirst(speakerOf(declared).versions[resource] ?? []), exact: false };
  }
  // The versions of some resources are known. No version of any of them, and no declared API, has a resource that came later.
  const everywhere = [...Object.values(fspiop.resources).flatMap(({ accepts }) => accepts), ...declared];
  const newest = newestFirst(everywhere.filter((version) => Object.hasOwn(FSPIOP_RESOURCES, version)))[0];
  const absent = newest !== undefined && !Object.hasOwn(FSPIOP_RESOURCES[newest] ?? {}, resource);
  return absent ? { versions: [], exact: true } : undefined;
}

function talkAbout(
  { resource, coverage }: { readonly resource: string; readonly coverage: Coverage | undefined },
  hub: HubOffer | undefined,
  payer: Speaker,
  payee: Speaker,
): ResourceTalk {
  const answer = (verdict: TalkVerdict, rule: RuleId, rest: Partial<ResourceTalk> = {}): ResourceTalk => ({
    resource,
    verdict,
    steps: [],
    rule,
    reason: RULES[rule].text,
    ...rest,
  });
  const [sent, read] = [versionsOf(payer, resource), versionsOf(payee, resource)];
  if (sent?.length === 0 || read?.length === 0 || hub?.versions.length === 0)
    return answer("no", "no-resource");
  if (!sent || !read) return answer("unknown", "participant-unknown");
  if (!hub) return answer("unknown", "hub-unknown");

  const pairs = sent.flatMap((from) => read.map((to) => ({ from, to })));
  // A release that only declares an API accepts every minor of its major.
  const accepts = (version: Version): boolean =>
    hub.exact
      ? hub.versions.includes(version)
      : hub.versions.some((other) => majorOf(other) === majorOf(version));
  if ((payer.dialect ?? "fspiop") !== (payee.dialect ?? "fspiop")) {
    return answer(coverage ? "no" : "unknown", "other-dialect");
  }
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
  const found = cheapestConversion({ resource, hub: hub.versions, accepts, coverage }, pairs);
  if (!found) return answer("no", "no-resource");
  if (found.conversion === "unknown") return answer("unknown", "conversion-unknown", found);
  if (found.conversion === "missing") return answer("no", "no-conversion", found);
  const rule = majorOf(found.payer) === majorOf(found.payee) ? "hub-forwards" : "other-major";
  return answer(found.conversion === "refused" ? "no" : "adapter", rule, found);
}

function versionsOf({ versions }: Speaker, resource: string): Version[] | undefined {
  return Object.hasOwn(versions, resource) ? newestFirst(versions[resource] ?? []) : undefined;
}
