import type { Version } from "@mojaloop-versioning/protocol";
import fc from "fast-check";
import { createIdMap } from "../id-map.ts";
import type { Conversion, ConversionContext, Converter, Report } from "../context.ts";
import type { Registry } from "../registry.ts";
import type { Pointer } from "../pointer.ts";
import { bodyKinds, builtInVersions, type ApiVersion, type BodyKind } from "./api-version.ts";
import { arbitraryOf } from "./arbitrary.ts";
import { differences } from "../differences.ts";
import { deepFreeze, overlaps } from "./compare.ts";

/** What a law is checked with. */
export interface LawOptions {
  /** API versions whose bodies are tried; by default those of the built-in changes. */
  readonly versions?: readonly ApiVersion[];
  /** Bodies for each operation, version and target; 25 by default. */
  readonly runs?: number;
  readonly seed?: number;
  /** Answers for the look-ups of the changes. */
  readonly lookup?: ConversionContext["lookup"];
}

/** The laws of one operation from one version: give it to your test runner. */
export interface Law {
  /** `POST /quotes from quotes 2.0` */
  readonly name: string;
  /** @throws Error with the counterexample */
  check(): void;
}

/** Members that a careless transform would take for something else; the body's own must come through like any unknown member. */
const HOSTILE: readonly string[] = ["__proto__", "constructor", "toString", "a.b", "/extensionList", "*", ""];

/**
 * The laws that every registry keeps, as checks over generated bodies: what goes in valid comes out valid; there and back is the
 * identity but for what the report says, and wholly so with a stash; inputs are not written to; the same input gives the same output;
 * each leaf that differs is in the report; a refusal is for a reason; unknown members, hostile names among them, pass.
 */
export function laws(registry: Registry, options: LawOptions = {}): Law[] {
  const { versions = builtInVersions, runs = 25, seed = 2026, lookup } = options;
  const kinds = bodyKinds(versions);
  return kinds.flatMap((kind) => {
    const targets = (registry.resources[kind.resource] ?? []).filter((to) => to !== kind.version);
    if (targets.length === 0) return [];
    return [
      {
        name: `${kind.operation} from ${kind.resource} ${kind.version}`,
        check() {
          const body = withStrangers(arbitraryOf(kind.schema));
          const property = fc.property(body, (value) => {
            for (const to of targets) checkBody(registry, kinds, kind, to, value, lookup);
          });
          fc.assert(property, { numRuns: runs, seed });
        },
      },
    ];
  });
}

// Added after the schema was satisfied: receivers pass on what they do not know (API Definition 3.3.2).
function withStrangers(body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(body, fc.option(fc.constantFrom(...HOSTILE))).map(([value, key]): unknown => {
    if (key === null || typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return { ...value, [key]: { polluted: true } };
  });
}

function checkBody(
  registry: Registry,
  kinds: readonly BodyKind[],
  kind: BodyKind,
  to: Version,
  value: unknown,
  lookup: ConversionContext["lookup"],
): void {
  const { resource, version, operation } = kind;
  const there = registry.between(resource, version, to, operation);
  const back = registry.between(resource, to, version, operation);
  const target = kinds.find(
    (other) => other.operation === operation && other.resource === resource && other.version === to,
  );
  const body = deepFreeze(value);
  const context = (): ConversionContext => ({ report: true, ids: createIdMap(), ...(lookup && { lookup }) });

  const outcome = there(body, context());
  demand(
    JSON.stringify(there(body, context())) === JSON.stringify(outcome),
    "the same input gives the same output",
    outcome,
  );
  demand(!("polluted" in {}), "prototypes are left alone", outcome);
  if (!outcome.ok) {
    checkRefusal(there, outcome, value, target);
    return;
  }
  if (target) {
    const parsed = target.schema.safeParse(outcome.body);
    demand(
      parsed.success,
      `what went in valid comes out valid: ${parsed.error?.message ?? ""}`,
      outcome.body,
    );
  }
  const told = pointersOf(outcome.report);
  const untold = differences(body, outcome.body).filter(
    (at) => !told.some((pointer) => overlaps(at, pointer)),
  );
  demand(untold.length === 0, `each leaf that differs is in the report: ${untold.join(", ")}`, outcome);

  const home = back(deepFreeze(outcome.body), context());
  if (home.ok) {
    const allTold = [...told, ...pointersOf(home.report)];
    const strange = differences(body, home.body).filter(
      (at) => !allTold.some((pointer) => overlaps(at, pointer)),
    );
    demand(strange.length === 0, `there and back differs only where reported: ${strange.join(", ")}`, home);
  }
  checkStash(there, back, body, context());
}

function checkStash(there: Converter, back: Converter, body: unknown, context: ConversionContext): void {
  const stash = new Map<string, string>();
  const away = there(body, { ...context, stash });
  if (!away.ok) return;
  const home = back(deepFreeze(away.body), { ...context, stash });
  if (!home.ok) return;
  const lost = differences(body, home.body);
  // A value that had to be invented on the way is one that the original version drops again, and no loss.
  const invented = away.report?.invented.map(({ pointer }) => pointer) ?? [];
  const real = lost.filter((at) => !invented.some((pointer) => overlaps(at, pointer)));
  demand(real.length === 0, `with a stash, there and back is the identity: ${real.join(", ")}`, {
    body,
    home,
  });
}

function checkRefusal(
  converter: Converter,
  { refusal }: Conversion & { ok: false },
  body: unknown,
  target: BodyKind | undefined,
): void {
  demand(refusal.body.errorInformation.errorCode === refusal.errorCode, "a refusal bears its code", refusal);
  demand(
    converter.changes.includes(refusal.changeId) || refusal.changeId === "stash",
    "a refusal names its change",
    refusal,
  );
  demand(
    !target?.schema.safeParse(body).success || refusal.pointer !== undefined,
    "a refusal is for a reason",
    refusal,
  );
}

function pointersOf(report: Report | undefined): Pointer[] {
  if (!report) return [];
  const { dropped, stashed, restored, invented, changed } = report;
  return [...dropped, ...stashed, ...restored, ...invented, ...changed].flatMap(({ pointer, to }) =>
    to === undefined ? [pointer] : [pointer, to],
  );
}

function demand(holds: boolean, law: string, found: unknown): void {
  if (!holds) throw new Error(`${law}\n${JSON.stringify(found)}`);
}
