import type { Version } from "@mojaloop-versioning/protocol";
import fc from "fast-check";
import { createIdMap } from "../values/id-map.ts";
import type { Conversion, ConversionContext, Converter, Report } from "../compile/conversion-context.ts";
import type { Registry } from "../registry/registry.ts";
import type { Pointer } from "../values/pointer.ts";
import { bodyKinds, builtInVersions, type ApiWithSchemas, type BodyKind } from "./api-version.ts";
import { arbitraryOf } from "./arbitrary.ts";
import { differences } from "../values/differences.ts";
import { deepFreeze, overlaps } from "./compare.ts";

/** The input of {@link laws}. */
export interface LawOptions {
  /** API versions whose bodies are tested; by default those of the built-in changes. */
  readonly versions?: readonly ApiWithSchemas[];
  /** Bodies for each operation, version and target; 25 by default. */
  readonly runs?: number;
  readonly seed?: number;
  /** The look-up for changes that need one. */
  readonly lookup?: ConversionContext["lookup"];
}

/** The laws of one operation from one version, for a test runner. */
export interface Law {
  /** `POST /quotes from quotes 2.0` */
  readonly name: string;
  /** @throws Error with the counterexample */
  check(): void;
}

// Names that a careless conversion could misread; as members of a body they must pass like any unknown member.
const HOSTILE: readonly string[] = ["__proto__", "constructor", "toString", "a.b", "/extensionList", "*", ""];

/**
 * The laws of every registry, as checks over generated bodies: a valid body is converted to a valid body; there and back is the
 * identity except for what the report lists, and completely with a stash; inputs are not modified; the same input gives the same
 * output; each difference is in the report; a refusal has a reason; unknown members pass, whatever their names.
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
          const body = withUnknownMembers(arbitraryOf(kind.schema));
          const property = fc.property(body, (value) => {
            for (const to of targets) checkBody({ registry, kinds, kind, to, lookup }, value);
          });
          fc.assert(property, { numRuns: runs, seed });
        },
      },
    ];
  });
}

// Added to a valid body: receivers pass on members that they do not know (API Definition 3.3.2).
function withUnknownMembers(body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(body, fc.option(fc.constantFrom(...HOSTILE))).map(([value, key]): unknown => {
    if (key === null || typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return { ...value, [key]: { polluted: true } };
  });
}

// The conversion that a body is checked with.
interface Checked {
  readonly registry: Registry;
  readonly kinds: readonly BodyKind[];
  readonly kind: BodyKind;
  readonly to: Version;
  readonly lookup: ConversionContext["lookup"];
}

function checkBody({ registry, kinds, kind, to, lookup }: Checked, value: unknown): void {
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
  demand(!("polluted" in {}), "prototypes stay unchanged", outcome);
  if (!outcome.ok) {
    checkRefusal(there, outcome, value, target);
    return;
  }
  if (target) {
    const parsed = target.schema.safeParse(outcome.body);
    demand(
      parsed.success,
      `a valid body is converted to a valid body: ${parsed.error?.message ?? ""}`,
      outcome.body,
    );
  }
  const reported = pointersOf(outcome.report);
  const unreported = differences(body, outcome.body).filter(
    (at) => !reported.some((pointer) => overlaps(at, pointer)),
  );
  demand(unreported.length === 0, `each difference is in the report: ${unreported.join(", ")}`, outcome);

  const home = back(deepFreeze(outcome.body), context());
  if (home.ok) {
    const allReported = [...reported, ...pointersOf(home.report)];
    const unexpected = differences(body, home.body).filter(
      (at) => !allReported.some((pointer) => overlaps(at, pointer)),
    );
    demand(
      unexpected.length === 0,
      `there and back differs only where reported: ${unexpected.join(", ")}`,
      home,
    );
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
  // A value that the conversion invented is dropped again on the way back: no loss.
  const invented = away.report?.invented.map(({ pointer }) => pointer) ?? [];
  // It can also be stashed on the way back; the extension list that carries it differs then.
  const carriers = home.report?.stashed.flatMap(({ to }) => to ?? []) ?? [];
  const real = lost.filter((at) => ![...invented, ...carriers].some((pointer) => overlaps(at, pointer)));
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
  demand(
    refusal.body.errorInformation.errorCode === refusal.errorCode,
    "a refusal contains its code",
    refusal,
  );
  demand(
    converter.changes.includes(refusal.changeId) || refusal.changeId === "stash",
    "a refusal names its change",
    refusal,
  );
  demand(
    !target?.schema.safeParse(body).success || refusal.pointer !== undefined,
    "a refusal has a reason",
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
