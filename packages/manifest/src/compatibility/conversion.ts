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
  /** `"PUT /parties/{Type}/{ID}"`: a callback concerns the way back only. Absent: both directions. */
  readonly operation?: string;
  /** JSON pointers of the members that the conversion drops. */
  readonly loses?: readonly string[];
}

/** A list of conversions; of several entries for a pair the worst counts. */
export type Coverage = readonly CoverageEntry[];

/** One conversion of a message or of its callback. */
export interface ConversionStep {
  readonly at: "payer's side" | "payee's side";
  readonly what: "request" | "callback";
  readonly from: Version;
  readonly to: Version;
  readonly conversion: Conversion;
  /** The members that the conversion drops: `PUT /parties/{Type}/{ID} /party/supportedCurrencies`. */
  readonly loses: readonly string[];
}

/** A path with the adapter: the three versions, and what the conversions lose at worst. */
export interface ConversionPath {
  readonly payer: Version;
  readonly hub: Version;
  readonly payee: Version;
  readonly conversion: Conversion;
  readonly steps: readonly ConversionStep[];
}

/** The hub between the payer and the payee. */
export interface Middle {
  readonly resource: string;
  /** The versions that the hub accepts, newest first. */
  readonly hub: readonly Version[];
  readonly accepts: (version: Version) => boolean;
  readonly coverage: Coverage | undefined;
}

/** The path with the adapter that loses least, there and back; of equal ones the first, which has the newest versions. */
export function cheapestConversion(
  middle: Middle,
  pairs: readonly { readonly from: Version; readonly to: Version }[],
): ConversionPath | undefined {
  const paths = pairs.flatMap(({ from, to }) =>
    middle.hub.map((inside) => pathOver(middle, from, inside, to)),
  );
  return paths.reduce<ConversionPath | undefined>(
    (best, path) => (!best || costOf(path) < costOf(best) ? path : best),
    undefined,
  );
}

// The loss decides, then the number of conversions.
function costOf({ conversion, steps }: ConversionPath): number {
  return CONVERSIONS.indexOf(conversion) * 10 + steps.length;
}

function pathOver(middle: Middle, payer: Version, inside: Version, payee: Version): ConversionPath {
  // Between a version of the hub and another one of the same major that it also accepts nothing is converted.
  const passes = (a: Version, b: Version): boolean =>
    a === b || (majorOf(a) === majorOf(b) && middle.accepts(a) && middle.accepts(b));
  const step = (
    at: ConversionStep["at"],
    what: ConversionStep["what"],
    from: Version,
    to: Version,
  ): ConversionStep[] =>
    passes(from, to) ? [] : [{ at, what, from, to, ...lossOf(middle, { what, from, to }) }];
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
  { what, from, to }: Pick<ConversionStep, "what" | "from" | "to">,
): Pick<ConversionStep, "conversion" | "loses"> {
  if (!coverage) return { conversion: "unknown", loses: [] };
  const entries = coverage
    .filter((entry) => entry.resource === resource && entry.from === from && entry.to === to)
    // API Definition 3.2.2: a callback is a PUT.
    .filter(
      ({ operation }) => operation === undefined || operation.startsWith("PUT ") === (what === "callback"),
    );
  const classes = entries.map((entry) => CONVERSIONS.find((known) => known === entry.class) ?? "unknown");
  const loses = entries.flatMap(({ operation = "", loses: members = [] }) =>
    members.map((member) => `${operation} ${member}`.trim()),
  );
  return { conversion: classes.length === 0 ? "missing" : worstOf(classes), loses: [...new Set(loses)] };
}

/** The greatest loss of several; `identity` of none. */
export function worstOf(conversions: readonly Conversion[]): Conversion {
  return CONVERSIONS.findLast((candidate) => conversions.includes(candidate)) ?? "identity";
}
