import { majorOf, type Version } from "@mojaloop-versioning/protocol";

/** What a conversion can lose, from the least to the most: the words of transform's coverage, and `unknown` where no coverage was given. */
export const CONVERSIONS = [
  "identity",
  "lossless",
  "stash",
  "lossy",
  "unknown",
  "refused",
  "missing",
] as const;

/** One of {@link CONVERSIONS}. */
export type Conversion = (typeof CONVERSIONS)[number];

/** What converting a resource from one version to another loses, for any of its operations. */
export interface CoverageEntry {
  readonly resource: string;
  readonly from: string;
  readonly to: string;
  readonly class: string;
  /** `"PUT /parties/{Type}/{ID}"`: a callback concerns the way back only. Absent: both ways. */
  readonly operation?: string;
}

/** A list of conversions; of several entries for a pair the worst counts. */
export type Coverage = readonly CoverageEntry[];

/** One conversion on the way of a message or of its callback. */
export interface ConversionStep {
  readonly at: "payer's side" | "payee's side";
  readonly what: "request" | "callback";
  readonly from: Version;
  readonly to: Version;
  readonly conversion: Conversion;
}

/** A way over the adapter: the three versions, and what the conversions lose at worst. */
export interface ConversionWay {
  readonly payer: Version;
  readonly hub: Version;
  readonly payee: Version;
  readonly conversion: Conversion;
  readonly steps: readonly ConversionStep[];
}

/** What stands between the payer and the payee. */
export interface Middle {
  readonly resource: string;
  /** The versions that the hub takes, newest first. */
  readonly hub: readonly Version[];
  readonly accepts: (version: Version) => boolean;
  readonly coverage: Coverage | undefined;
}

/** The way over the adapter that loses least, there and back; of equal ones the first, which is the newest. */
export function cheapestWay(
  middle: Middle,
  pairs: readonly { readonly from: Version; readonly to: Version }[],
): ConversionWay | undefined {
  const ways = pairs.flatMap(({ from, to }) => middle.hub.map((inside) => wayOver(middle, from, inside, to)));
  return ways.reduce<ConversionWay | undefined>(
    (best, way) => (!best || costOf(way) < costOf(best) ? way : best),
    undefined,
  );
}

// The loss decides, then the number of conversions.
function costOf({ conversion, steps }: ConversionWay): number {
  return CONVERSIONS.indexOf(conversion) * 10 + steps.length;
}

function wayOver(middle: Middle, payer: Version, inside: Version, payee: Version): ConversionWay {
  // Between a version of the hub and another one of the same major that it also accepts nothing is converted.
  const passes = (a: Version, b: Version): boolean =>
    a === b || (majorOf(a) === majorOf(b) && middle.accepts(a) && middle.accepts(b));
  const step = (
    at: ConversionStep["at"],
    what: ConversionStep["what"],
    from: Version,
    to: Version,
  ): ConversionStep[] =>
    passes(from, to) ? [] : [{ at, what, from, to, conversion: lossOf(middle, what, from, to) }];
  const steps = [
    ...step("payer's side", "request", payer, inside),
    ...step("payee's side", "request", inside, payee),
    ...step("payee's side", "callback", payee, inside),
    ...step("payer's side", "callback", inside, payer),
  ];
  return { payer, hub: inside, payee, conversion: worstOf(steps.map(({ conversion }) => conversion)), steps };
}

function lossOf(
  { resource, coverage }: Middle,
  what: ConversionStep["what"],
  from: Version,
  to: Version,
): Conversion {
  if (!coverage) return "unknown";
  const classes = coverage
    .filter((entry) => entry.resource === resource && entry.from === from && entry.to === to)
    // API Definition 3.2.2: a callback is a PUT.
    .filter(
      ({ operation }) => operation === undefined || operation.startsWith("PUT ") === (what === "callback"),
    )
    .map((entry) => CONVERSIONS.find((known) => known === entry.class) ?? "unknown");
  return classes.length === 0 ? "missing" : worstOf(classes);
}

/** The greatest loss of several; `identity` of none. */
export function worstOf(conversions: readonly Conversion[]): Conversion {
  return CONVERSIONS.findLast((candidate) => conversions.includes(candidate)) ?? "identity";
}
