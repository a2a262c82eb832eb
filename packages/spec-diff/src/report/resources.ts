import {
  compareVersions,
  majorOf,
  minorOf,
  resourceOf,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Api } from "../read/api.ts";
import type { Finding, Verdict } from "./finding.ts";

/** What a change asks of a version number (API Definition 3.3.2 and 3.3.3). */
export type Bump = "none" | "minor" | "major";

/** Which parties must be upgraded first, so that no message breaks on the way. */
export type UpgradeOrder = "any" | "receivers first" | "senders first" | "impossible";

/** What the changes mean for one resource. */
export interface ResourceChange {
  readonly resource: string;
  readonly change: Bump | "new" | "removed";
  readonly from?: Version;
  /** The version that the resource must now have. */
  readonly to?: Version;
  /** The version that the revision declares, where it declares one. */
  readonly declared?: Version;
  /** Whether the declared version asks for less or for more than the changes do. */
  readonly mismatch?: "too low" | "too high";
  readonly oldToNew: Verdict;
  readonly newToOld: Verdict;
  readonly order: UpgradeOrder;
  /** The ids of the findings that decide the change. */
  readonly because: readonly string[];
}

/** Resource → version, as in a catalogue. */
export type ResourceVersions = Readonly<Record<string, Version>>;

/** How resources get their versions. */
export interface VersionPolicy {
  readonly profile: "openapi" | "fspiop";
  readonly versions: ResourceVersions;
  readonly declared: ResourceVersions;
}

/** Gives each resource of two documents its change and its next version. */
export function resourceChanges(
  base: Api,
  revision: Api,
  findings: readonly Finding[],
  { profile, versions, declared }: VersionPolicy,
): ResourceChange[] {
  const [old, now] = [resourcesOf(base), resourcesOf(revision)];
  const byResource = findingsByResource(findings);
  return [...new Set([...old, ...now])].map((resource) => {
    const touching = byResource.get(resource) ?? [];
    const [from, says] = [versions[resource], declared[resource]];
    const oldToNew = worst(touching.map((finding) => finding.oldToNew));
    const newToOld = worst(touching.map((finding) => finding.newToOld));
    const bumps = touching.map((finding) => ({ id: finding.id, bump: bumpOf(finding, profile) }));
    const bump = bumps.map((each) => each.bump).reduce<Bump>(higher, "none");
    const change = !old.has(resource) ? "new" : !now.has(resource) ? "removed" : bump;
    const to = nextVersion(change, from);
    const mismatch = to && says && mismatchOf(to, says);
    return {
      resource,
      change,
      ...(from && { from }),
      ...(to && { to }),
      ...(says && { declared: says }),
      ...(mismatch && { mismatch }),
      oldToNew,
      newToOld,
      order: orderOf(oldToNew, newToOld),
      because: [
        ...new Set(bumps.filter((each) => each.bump === bump && bump !== "none").map(({ id }) => id)),
      ],
    };
  });
}

function findingsByResource(findings: readonly Finding[]): Map<string, Finding[]> {
  const byResource = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const resource of new Set(finding.operations.map(resourceName))) {
      const list = byResource.get(resource);
      if (list) list.push(finding);
      else byResource.set(resource, [finding]);
    }
  }
  return byResource;
}

function mismatchOf(to: Version, declared: Version): ResourceChange["mismatch"] {
  const order = compareVersions(declared, to);
  return order < 0 ? "too low" : order > 0 ? "too high" : undefined;
}

/** The resource of an operation or of one of its callbacks. */
export function resourceName(operation: string): string {
  const [own = operation] = operation.split(" callback ");
  return resourceOf(own as Operation); // an operation's name is a method and a path
}

function resourcesOf({ operations }: Api): Set<string> {
  return new Set([...operations.values()].map(({ name }) => resourceName(name)));
}

// Every resource starts at 1.0, and a new major starts at minor 0 (API Definition 3.3).
function nextVersion(change: ResourceChange["change"], from: Version | undefined): Version | undefined {
  if (change === "new") return `1.0`;
  if (!from || change === "removed") return undefined;
  if (change === "none") return from;
  // Versions are whole numbers of any size.
  const [major, minor] = [BigInt(majorOf(from)), BigInt(minorOf(from))];
  return (change === "major" ? `${major + 1n}.0` : `${major}.${minor + 1n}`) as Version; // two whole numbers with a dot
}

// What is not visible in messages asks for no new version, nor do response headers: they are the same for all resources and are
// outside of their versions (API Definition 3.2.1, 3.3).
const SILENT =
  /^(.*response-header-.*$|api-(tag|operation-id|schema|security-component|stability|sunset)-|endpoint-(deprecated|reactivated)|path-parameter-renamed|.*-(deprecated|deprecated-with-sunset|reactivated|discriminator-.*|annotation-only|became-(not-)?(read|write)-only)$)/;

// API Definition 3.3.3 names these for requests and responses alike: a mandatory parameter removed, a data type changed.
const MAJOR_EITHER_WAY =
  /(property-removed|parameter-removed|-type-(changed|generalized|specialized)|-pattern-(changed|added|removed|generalized)|-list-of-types-\w+|wrapped-\w+-\w+-of|-const-\w+)$/;

// What one finding asks of the versions of the resources that it touches.
function bumpOf(finding: Finding, profile: "openapi" | "fspiop"): Bump {
  const { id, level, polarity, oldToNew, newToOld } = finding;
  if (SILENT.test(id)) return level === "error" && profile === "openapi" ? "major" : "none";
  if (profile === "openapi") return level === "error" ? "major" : "minor";
  const [critical, other] = polarity === "response" ? [newToOld, oldToNew] : [oldToNew, newToOld];
  if (critical !== "ok") return "major";
  return other !== "ok" && MAJOR_EITHER_WAY.test(id) ? "major" : "minor";
}

const BUMPS: readonly Bump[] = ["none", "minor", "major"];

/** The greater of two bumps. */
export function higher(a: Bump, b: Bump): Bump {
  return BUMPS.indexOf(a) >= BUMPS.indexOf(b) ? a : b;
}

const VERDICTS: readonly Verdict[] = ["ok", "incomparable", "unproven", "breaks"];

/** The worst of some verdicts; `ok` of none. */
export function worst(verdicts: Iterable<Verdict>): Verdict {
  let found: Verdict = "ok";
  for (const verdict of verdicts) if (VERDICTS.indexOf(verdict) > VERDICTS.indexOf(found)) found = verdict;
  return found;
}

/** Which parties must be upgraded first. What is not proved safe is not relied on. */
export function orderOf(oldToNew: Verdict, newToOld: Verdict): UpgradeOrder {
  if (oldToNew === "ok") return newToOld === "ok" ? "any" : "receivers first";
  return newToOld === "ok" ? "senders first" : "impossible";
}
