import { VersioningError } from "@mojaloop-versioning/protocol";
import serviceDatabases from "../../data/service-databases.json" with { type: "json" };
import { helmVersion, type Manifest } from "../manifest/manifest.ts";
import { checkMigrations } from "../migrations/migration-check.ts";
import { migrationsAt, servicesWithMigrations } from "../migrations/migration-set.ts";
import type { UpgradeFinding } from "../rules/upgrade-finding.ts";
import { firstNumber } from "../tags/first-number.ts";
import { bareVersion, compareTags, parseTag } from "../tags/tag.ts";

/** Whether two services may run at the same time in one deployment. */
export type SkewVerdict = "ok" | "warns" | "blocks" | "unknown";

/** One reason for the verdict. */
export interface SkewEvidence {
  /** `database`: both use one database. `messages`: Kafka. `release`: a Mojaloop release that contains both. */
  readonly about: "database" | "messages" | "release" | "version";
  readonly verdict: SkewVerdict;
  readonly text: string;
}

/** The answer of {@link skew}. */
export interface Skew {
  readonly services: readonly [ServiceVersion, ServiceVersion];
  readonly verdict: SkewVerdict;
  readonly evidence: readonly SkewEvidence[];
  /** What the newer migrations do to instances of the older service, where both are one service. */
  readonly findings: readonly UpgradeFinding[];
}

/** A service at a version: `{ service: "central-ledger", version: "10.1.0" }`. */
export interface ServiceVersion {
  readonly service: string;
  readonly version: string;
}

const DATABASES: Readonly<Record<string, string>> = serviceDatabases.services;
const STREAM = "stream";

/**
 * Whether two services may run together, or two versions of one service share a database: from migration sets, messaging libraries,
 * and the releases that contained both.
 */
export function skew(manifests: readonly Manifest[], first: ServiceVersion, second: ServiceVersion): Skew {
  const same = first.service === second.service;
  const database = same ? databaseOf(first, second) : { evidence: [], findings: [] };
  const together = releasesWith(manifests, first, second);
  const evidence = [
    ...[first, second].flatMap(unreleased),
    ...database.evidence,
    ...messagesOf(manifests, first, second),
    ...together,
  ];
  // Two versions of one service ask about their database; what is known of their messages is shown beside it.
  const relevant = same ? evidence.filter(({ about }) => about !== "messages") : evidence;
  return {
    services: [first, second],
    verdict: verdictOf(relevant, together),
    evidence,
    findings: database.findings,
  };
}

/**
 * Reads `central-ledger@v10.1.0`.
 * @throws VersioningError `invalid-option` for a text without a version
 */
export function parseServiceVersion(text: string): ServiceVersion {
  const [service = "", version = "", more] = text.trim().split("@");
  if (service === "" || more !== undefined || !parseTag(version)) {
    throw new VersioningError(
      "invalid-option",
      `"${text}" is not SERVICE@VERSION, like central-ledger@10.1.0`,
    );
  }
  return { service, version: bareVersion(version) };
}

// A release that contained both settles it; otherwise one missing fact leaves it open.
function verdictOf(evidence: readonly SkewEvidence[], together: readonly SkewEvidence[]): SkewVerdict {
  const has = (verdict: SkewVerdict): boolean => evidence.some((one) => one.verdict === verdict);
  if (has("blocks")) return "blocks";
  if (together.some(({ verdict }) => verdict === "ok")) return has("warns") ? "warns" : "ok";
  if (has("unknown")) return "unknown";
  return has("warns") ? "warns" : "ok";
}

// A version between two released ones that was never released itself.
function unreleased({ service, version }: ServiceVersion): SkewEvidence[] {
  const known = servicesWithMigrations()[service];
  if (!known || known.includes(version)) return [];
  const sorted = known.toSorted(compareTags);
  const older = sorted.findLast((one) => compareTags(one, version) < 0);
  const newer = sorted.find((one) => compareTags(one, version) > 0);
  const near = [older, newer].filter((one) => one !== undefined).join(" and ");
  const text = `mojaloop/${service} has no tag v${version}; the nearest are ${near}`;
  return [{ about: "version", verdict: "unknown", text }];
}

function databaseOf(
  first: ServiceVersion,
  second: ServiceVersion,
): { readonly evidence: SkewEvidence[]; readonly findings: UpgradeFinding[] } {
  const { service } = first;
  const kind = Object.hasOwn(DATABASES, service) ? DATABASES[service] : undefined;
  if (kind !== undefined && kind !== "own") {
    const text = kind === "none" ? `${service} has no database` : `${service} uses the database of ${kind}`;
    return { evidence: [{ about: "database", verdict: "ok", text }], findings: [] };
  }
  const [older, newer] = compareTags(first.version, second.version) <= 0 ? [first, second] : [second, first];
  const [before, after] = [migrationsAt(service, older.version), migrationsAt(service, newer.version)];
  if (!before || !after) {
    const missing = [...(before ? [] : [older]), ...(after ? [] : [newer])].map(({ version }) => version);
    const text = `the migrations of ${service} ${[...new Set(missing)].join(" and ")} are not known`;
    return { evidence: [{ about: "database", verdict: "unknown", text }], findings: [] };
  }
  const findings = checkMigrations(
    service,
    { migrations: before, complete: true },
    { migrations: after, complete: true },
  );
  const count = after.filter(({ name }) => !before.some((one) => one.name === name)).length;
  const breaking = findings.filter(({ severity }) => severity === "blocks" || severity === "stops-rolling");
  const open = findings.some(({ severity }) => severity === "unknown");
  const verdict = breaking.length > 0 ? "blocks" : open ? "unknown" : findings.length > 0 ? "warns" : "ok";
  const added = count === 1 ? "1 more migration" : `${count} more migrations`;
  const effect = {
    blocks: "breaks the older instances",
    unknown: "has unknown effects",
    warns: "needs a look",
    ok: "breaks nothing",
  };
  const text =
    count === 0 && findings.length === 0
      ? `${older.version} and ${newer.version} have the same ${before.length} migrations`
      : `${newer.version} has ${added}; the step ${effect[verdict]}`;
  return { evidence: [{ about: "database", verdict, text }], findings };
}

function messagesOf(
  manifests: readonly Manifest[],
  first: ServiceVersion,
  second: ServiceVersion,
): SkewEvidence[] {
  const [a, b] = [streamOf(manifests, first), streamOf(manifests, second)];
  if (a === undefined || b === undefined) {
    const missing = [...(a === undefined ? [first] : []), ...(b === undefined ? [second] : [])];
    const names = missing.map(({ service, version }) => `${service} ${version}`).join(" and ");
    return [
      { about: "messages", verdict: "unknown", text: `the messaging library of ${names} is not known` },
    ];
  }
  const [major, other] = [firstNumber(a), firstNumber(b)];
  return major === other
    ? [{ about: "messages", verdict: "ok", text: `both use central-services-stream ${major}` }]
    : [
        {
          about: "messages",
          verdict: "warns",
          text: `central-services-stream ${major} and ${other}: no proof that they read each other`,
        },
      ];
}

function streamOf(manifests: readonly Manifest[], { service, version }: ServiceVersion): string | undefined {
  const owner = manifests.find(
    ({ services, internal }) =>
      services[service]?.version === version &&
      internal.messaging.libraries[service]?.versions[STREAM] !== undefined,
  );
  return owner?.internal.messaging.libraries[service]?.versions[STREAM];
}

function releasesWith(
  manifests: readonly Manifest[],
  first: ServiceVersion,
  second: ServiceVersion,
): SkewEvidence[] {
  const both = manifests.filter(
    ({ services }) =>
      services[first.service]?.version === first.version &&
      services[second.service]?.version === second.version,
  );
  const names = both.map((manifest) => `Helm ${helmVersion(manifest) ?? manifest.id}`);
  if (first.service === second.service) return [];
  return names.length === 0
    ? [{ about: "release", verdict: "unknown", text: "no known release contains both" }]
    : [
        {
          about: "release",
          verdict: "ok",
          text: `${names.join(", ")} ${names.length === 1 ? "contains" : "contain"} both`,
        },
      ];
}

/** The answer as text: the verdict, the evidence, then the findings of the migrations. */
export function renderSkew({ services, verdict, evidence }: Skew): string {
  const [a, b] = services.map(({ service, version }) => `${service} ${version}`);
  const question = services[0].service === services[1].service ? "share a database" : "run together";
  const answers = { ok: "yes", warns: "yes, with care", blocks: "no", unknown: "unknown" };
  return [
    `May ${a ?? ""} and ${b ?? ""} ${question}? ${answers[verdict]}`,
    "",
    ...evidence.map((one) => `[${one.verdict}] ${one.about}: ${one.text}`),
  ].join("\n");
}
