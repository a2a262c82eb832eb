import {
  isVersion,
  kindOf,
  VersioningError,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import { readApi, type Api, type ApiOperation } from "./read/api.ts";
import { createComparison } from "./compare/comparison.ts";
import { openDocument } from "./read/document.ts";
import type { Draft } from "./report/draft.ts";
import type { Finding, Verdict } from "./report/finding.ts";
import { applyIgnoreList, parseIgnoreList, type Ignored, type IgnoreEntry } from "./report/ignore-list.ts";
import { judge } from "./witness/judge.ts";
import { compareCallbacks } from "./operations/callbacks.ts";
import { compareDocuments, unstableOperations } from "./operations/components.ts";
import { createDrafts } from "./operations/drafts.ts";
import { compareOperations } from "./operations/operations.ts";
import { createNumbering } from "./operations/setting.ts";
import {
  higher,
  resourceChanges,
  worst,
  type Bump,
  type ResourceChange,
  type ResourceVersions,
} from "./report/resources.ts";
import type { Level } from "./rules/rule.ts";

/** How two documents are compared. */
export interface DiffOptions {
  /**
   * `openapi` (default): levels as oasdiff has them, request bodies are received by the party asked.
   * `fspiop`: PUT and PATCH carry answers, so their bodies are received by the party that had asked (API Definition 3.2.2); every
   * proven break counts in full; a new optional member is safe under a new version number (3.3.2).
   */
  readonly profile?: "openapi" | "fspiop";
  /** What messages call the two documents; by default `base` and `revision`. */
  readonly names?: { readonly base: string; readonly revision: string };
  /** Resource → version of the base; by default its `info.version`, where that is major.minor. */
  readonly versions?: ResourceVersions;
  /** Resource → version that the revision says it bears. */
  readonly declared?: ResourceVersions;
  /** Findings that are accepted; see {@link IgnoreEntry}. */
  readonly ignore?: readonly IgnoreEntry[];
  /** The day for sunsets and for the expiry of ignore entries, `2026-11-21`; by default today in UTC. */
  readonly today?: string;
}

/** What a change of a document breaks, for whom. */
export interface DiffResult {
  readonly base: Side;
  readonly revision: Side;
  readonly profile: "openapi" | "fspiop";
  /** Worst level first, then in the order of the document. */
  readonly findings: readonly Finding[];
  /** The worst verdict of all findings, in each direction. */
  readonly verdict: { readonly oldToNew: Verdict; readonly newToOld: Verdict };
  /** Whether a finding is an `error`. */
  readonly breaking: boolean;
  /** The highest level found. */
  readonly level: Level | "none";
  /** What the version of the whole API must do: the highest of its resources. */
  readonly bump: Bump;
  readonly resources: readonly ResourceChange[];
  readonly ignored: Omit<Ignored, "kept">;
}

export interface Side {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly operations: number;
}

const LEVELS: readonly Level[] = ["error", "warn", "info"];

/**
 * Compares two parsed OpenAPI 3 documents.
 * @throws VersioningError `invalid-spec` for a document that cannot be used, `invalid-option` for a wrong option
 */
export function diffSpecs(base: unknown, revision: unknown, options: DiffOptions = {}): DiffResult {
  const { profile = "openapi", names = { base: "base", revision: "revision" } } = options;
  const profiles: readonly string[] = ["openapi", "fspiop"];
  if (!profiles.includes(profile)) {
    throw new VersioningError("invalid-option", `profile: must be openapi or fspiop, not "${profile}"`);
  }
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const [old, now] = [
    readApi(openDocument(base, names.base)),
    readApi(openDocument(revision, names.revision)),
  ];
  const fspiop = profile === "fspiop";
  const comparison = createComparison(today);
  const drafts = createDrafts();
  const setting = {
    comparison,
    drafts,
    number: createNumbering(),
    polarityOf: (operation: ApiOperation) => (fspiop ? polarityOf(operation) : "request"),
    today,
  };
  compareOperations(old, now, setting);
  compareCallbacks(old, now, setting);
  compareDocuments(old, now, setting);
  const free = unstableOperations(old, now);
  const isPromised = ({ id, operations }: Draft): boolean =>
    operations.size === 0 || id.includes("stability") || [...operations].some((name) => !free.has(name));
  const judging = { comparison, strict: fspiop, isPromised };
  // A member that comes with a new version number is known by that number (API Definition 3.3.2): nobody has used its name before.
  const trustsNewNames = fspiop && old.version !== now.version;
  const all = drafts
    .all()
    .filter(({ schema }) => !(trustsNewNames && schema?.difference.change === "property-added-with-demands"))
    .map((draft) => judge(draft, judging));
  const { kept, ...ignored } = applyIgnoreList(all, parseIgnoreList(options.ignore ?? []), today);
  const findings = LEVELS.flatMap((level) => kept.filter((finding) => finding.level === level));
  const versions = options.versions ?? versionsOf(old);
  const resources = resourceChanges(old, now, findings, versions, options.declared ?? {});
  return {
    base: sideOf(old, names.base),
    revision: sideOf(now, names.revision),
    profile,
    findings,
    verdict: {
      oldToNew: worst(findings.map(({ oldToNew }) => oldToNew)),
      newToOld: worst(findings.map(({ newToOld }) => newToOld)),
    },
    breaking: findings.some(({ level }) => level === "error"),
    level: findings[0]?.level ?? "none",
    bump: resources.map(({ change }) => bumpOfApi(change)).reduce<Bump>(higher, "none"),
    resources,
    ignored,
  };
}

function bumpOfApi(change: ResourceChange["change"]): Bump {
  if (change === "removed") return "major";
  return change === "new" ? "minor" : change;
}

// The PUT answers the POST, the PATCH tells what became of it (API Definition 3.2.2, 9.2).
function polarityOf({ name }: ApiOperation): "request" | "response" {
  return kindOf(name as Operation) === "request" ? "request" : "response"; // an operation's name is a method and a path
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
