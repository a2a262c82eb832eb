import {
  isVersion,
  kindOf,
  VersioningError,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import { createComparison } from "./compare/comparison.ts";
import { compareCallbacks } from "./operations/callbacks.ts";
import { compareDocuments, unstableOperations } from "./operations/components.ts";
import { createDrafts } from "./operations/drafts.ts";
import { reportDuplicates } from "./operations/duplicates.ts";
import { filterOperations, type OperationFilter } from "./operations/filter.ts";
import { compareOperations } from "./operations/operations.ts";
import { createNumbering } from "./operations/setting.ts";
import { readApi, type Api, type ApiOperation } from "./read/api.ts";
import { openDocument } from "./read/document.ts";
import type { SpecSource } from "./read/spec-source.ts";
import type { Draft } from "./report/draft.ts";
import type { Finding } from "./report/finding.ts";
import { applyIgnoreList, parseIgnoreList, type IgnoreEntry } from "./report/ignore-list.ts";
import {
  higher,
  resourceChanges,
  worst,
  type Bump,
  type ResourceChange,
  type ResourceVersions,
} from "./report/resources.ts";
import type { DiffResult, Side } from "./report/result.ts";
import { applySeverities, parseSeverities, type Severities } from "./report/severities.ts";
import { versionFindings } from "./report/version-findings.ts";
import type { Level } from "./rules/rule.ts";
import { judge } from "./witness/judge.ts";

/** How two documents are compared. */
export interface DiffOptions {
  /**
   * `openapi` (default): levels as in oasdiff, request bodies are received by the party asked.
   * `fspiop`: PUT and PATCH carry answers, so their bodies are received by the party that had asked (API Definition 3.2.2); every
   * proven break counts in full; a new optional member is safe under a new version number (3.3.2).
   */
  readonly profile?: "openapi" | "fspiop";
  /** What messages call the two documents; by default `base` and `revision`. */
  readonly names?: { readonly base: string; readonly revision: string };
  /** Resource → version of the base; by default its `info.version`, where that is major.minor. */
  readonly versions?: ResourceVersions;
  /** Resource → version that the revision declares. */
  readonly declared?: ResourceVersions;
  /** Findings that are accepted; see {@link IgnoreEntry}. */
  readonly ignore?: readonly IgnoreEntry[];
  /** Other levels for rules; see {@link Severities}. */
  readonly severities?: Severities;
  /** Which operations are compared; by default all. */
  readonly filter?: OperationFilter;
  /** Where the documents are written, for the line and column of each finding. */
  readonly sources?: { readonly base?: SpecSource; readonly revision?: SpecSource };
  /** The day for sunset dates and for the expiry of ignore entries, `2026-11-21`; by default today in UTC. */
  readonly today?: string;
}

const LEVELS: readonly Level[] = ["error", "warn", "info"];

/**
 * Compares two parsed OpenAPI 3 documents.
 * @throws VersioningError `invalid-spec` for a document that cannot be used, `invalid-option` for a wrong option
 */
export function diffSpecs(base: unknown, revision: unknown, options: DiffOptions = {}): DiffResult {
  const profile = profileOf(options);
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const ignoreList = parseIgnoreList(options.ignore ?? []);
  const severities = parseSeverities(options.severities ?? {});
  const names = options.names ?? { base: "base", revision: "revision" };
  const [old, now] = [
    filterOperations(readApi(openDocument(base, names.base)), options.filter ?? {}),
    filterOperations(readApi(openDocument(revision, names.revision)), options.filter ?? {}),
  ];
  const changes = compareApis(old, now, { ...options, profile, today });
  const resources = resourceChanges(old, now, changes, {
    profile,
    versions: options.versions ?? versionsOf(old),
    declared: options.declared ?? {},
  });
  // Accepting a finding or lowering its severity changes the level of the result, never the verdicts and the versions.
  const all = [...changes, ...versionFindings(resources, now)];
  const leveled = applySeverities(all, severities);
  const { kept, ...ignored } = applyIgnoreList(leveled, ignoreList, today);
  const findings = LEVELS.flatMap((level) => kept.filter((finding) => finding.level === level)).map(
    (finding) => withPositions(finding, options.sources ?? {}),
  );
  return {
    base: sideOf(old, names.base),
    revision: sideOf(now, names.revision),
    profile,
    findings,
    verdict: {
      oldToNew: worst(changes.map(({ oldToNew }) => oldToNew)),
      newToOld: worst(changes.map(({ newToOld }) => newToOld)),
    },
    breaking: findings.some(({ level }) => level === "error"),
    level: findings[0]?.level ?? "none",
    bump: resources.map(({ change }) => bumpOfApi(change)).reduce<Bump>(higher, "none"),
    resources,
    ignored: { ...ignored, hidden: all.length - leveled.length },
  };
}

function profileOf({ profile = "openapi" }: DiffOptions): "openapi" | "fspiop" {
  const profiles: readonly string[] = ["openapi", "fspiop"];
  if (profiles.includes(profile)) return profile;
  throw new VersioningError("invalid-option", `profile: must be openapi or fspiop, not "${profile}"`);
}

type Judged = DiffOptions & { readonly profile: "openapi" | "fspiop"; readonly today: string };

function compareApis(old: Api, now: Api, { profile, today, sources }: Judged): Finding[] {
  const fspiop = profile === "fspiop";
  const comparison = createComparison(today);
  const drafts = createDrafts();
  const setting = {
    comparison,
    drafts,
    number: createNumbering(),
    polarityOf: (operation: ApiOperation) => (fspiop ? fspiopPolarity(operation) : "request"),
    today,
  };
  compareOperations(old, now, setting);
  compareCallbacks(old, now, setting);
  compareDocuments(old, now, setting);
  reportDuplicates(now, sources?.revision?.duplicates ?? [], drafts);
  const unstable = unstableOperations(old, now);
  const isPromised = ({ id, operations }: Draft): boolean =>
    operations.size === 0 || id.includes("stability") || [...operations].some((name) => !unstable.has(name));
  // A new version number announces its members (API Definition 3.3.2): no older sender has used their names.
  const trustsNewNames = fspiop && old.version !== now.version;
  return drafts
    .all()
    .filter(({ schema }) => !(trustsNewNames && schema?.difference.change === "property-added-with-demands"))
    .map((draft) => judge(draft, { comparison, profile, isPromised }));
}

// The PUT answers the POST, the PATCH reports its outcome (API Definition 3.2.2, 9.2).
function fspiopPolarity({ name }: ApiOperation): "request" | "response" {
  return kindOf(name as Operation) === "request" ? "request" : "response"; // an operation's name is a method and a path
}

function withPositions(finding: Finding, { base, revision }: NonNullable<DiffOptions["sources"]>): Finding {
  const { basePointer, revisionPointer } = finding;
  const basePosition = basePointer === undefined ? undefined : base?.locate(basePointer);
  const revisionPosition = revisionPointer === undefined ? undefined : revision?.locate(revisionPointer);
  if (!basePosition && !revisionPosition) return finding;
  return { ...finding, ...(basePosition && { basePosition }), ...(revisionPosition && { revisionPosition }) };
}

function bumpOfApi(change: ResourceChange["change"]): Bump {
  if (change === "removed") return "major";
  return change === "new" ? "minor" : change;
}

function sideOf({ title, version, operations }: Api, name: string): Side {
  return { name, title, version, operations: operations.size };
}

function versionsOf(api: Api): ResourceVersions {
  const { version } = api;
  if (!isVersion(version)) return {};
  const names = [...api.operations.values()].map(({ path }) => path.split("/")[1] ?? "");
  return Object.fromEntries(names.map((resource): [string, Version] => [resource, version]));
}
