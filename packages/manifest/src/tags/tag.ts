import semver from "semver";

/**
 * What a tag is: a `release`, a `fix` made after a release (`-patch`, `-hotfix`, or a fourth number), a `snapshot`,
 * another `prerelease` (`-rc.1`, `-alpha`, a chart build), or a `variant` (`-perf.2`, `-es256.1`: the same number, another image).
 */
export type TagKind = "release" | "fix" | "snapshot" | "prerelease" | "variant";

/**
 * How a number is to be read. Mojaloop counts PI, sprint and increment below 11.0.0 and says SemVer from there on
 * (mojaloop/documentation, community/standards/versioning.md); four and five numbers are neither.
 */
export type TagScheme = "pi" | "semver" | "extended";

/** An image tag or a chart version, taken apart. */
export interface Tag {
  readonly text: string;
  /** Two to five numbers, as text: none is too large to compare. */
  readonly numbers: readonly string[];
  readonly kind: TagKind;
  readonly scheme: TagScheme;
  /** What follows the numbers, cut at its dots: `["snapshot", "14"]`. */
  readonly suffix: readonly string[];
}

const FIX = new Set(["patch", "hotfix"]);
const PRERELEASE = new Set(["rc", "alpha", "beta", "pre", "preview", "dev", "next"]);
const MAX_NUMBERS = 5;

/** Takes a tag apart, or returns `undefined` for one that names no version, such as `latest`. */
export function parseTag(text: string): Tag | undefined {
  const bare = bareVersion(text);
  const plus = bare.indexOf("+");
  const core = plus < 0 ? bare : bare.slice(0, plus);
  const dash = core.indexOf("-");
  const numbers = (dash < 0 ? core : core.slice(0, dash)).split(".");
  if (numbers.length < 2 || numbers.length > MAX_NUMBERS || !numbers.every(isNumber)) return undefined;
  if (plus >= 0 && !isSuffix(bare.slice(plus + 1))) return undefined;
  const rest = dash < 0 ? "" : core.slice(dash + 1);
  if (dash >= 0 && !isSuffix(rest)) return undefined;
  const suffix = rest === "" ? [] : rest.split(".");
  return { text, numbers, kind: kindOf(numbers, suffix), scheme: schemeOf(numbers), suffix };
}

/**
 * Orders tags, oldest first, totally: no two different tags are equal, and a text that names no version stands before all that do.
 * `v10.4.1-snapshot < v10.4.1 < v10.4.1-hotfix < v10.4.1.1-patch < v10.4.1.10-patch < v10.4.2`. Where both are SemVer, SemVer decides.
 */
export function compareTags(a: string, b: string): number {
  const left = parseTag(a);
  const right = parseTag(b);
  if (!left || !right) return left ? 1 : right ? -1 : compareText(a, b);
  return (
    compareNumbers(left.numbers, right.numbers) ||
    stageOf(left) - stageOf(right) ||
    compareSuffixes(left.suffix, right.suffix) ||
    // The same place written in two ways (`1.2` and `1.2.0`, `v1.2.3` and `1.2.3+b`): any fixed order will do.
    left.numbers.length - right.numbers.length ||
    compareText(a, b)
  );
}

/** Whether the step from one tag to another is bound by a SemVer promise: both are SemVer, from 11.0.0 on. */
export function promisesSemver(a: string, b: string): boolean {
  return [a, b].every((text) => parseTag(text)?.scheme === "semver");
}

/** A tag or version without the `v` before its number. */
export function bareVersion(text: string): string {
  return text.replace(/^v(?=\d)/i, "");
}

/** The first number, the first two, … of a tag without its `v`: `lineOf("v10.4.1.2-patch", 3)` is `"10.4.1"`. */
export function lineOf(tag: Tag, length: number): string {
  return tag.numbers.slice(0, length).join(".");
}

function kindOf(numbers: readonly string[], suffix: readonly string[]): TagKind {
  const [first = ""] = suffix;
  if (FIX.has(first)) return "fix";
  if (first === "snapshot") return "snapshot";
  if (first === "") return numbers.length > 3 ? "fix" : "release";
  // A chart built by CI is numbered `15.0.0-15705.5785e61`.
  if (PRERELEASE.has(first) || PRERELEASE.has(first.replace(/\d+$/, "")) || isDigits(first))
    return "prerelease";
  return "variant";
}

function schemeOf(numbers: readonly string[]): TagScheme {
  if (numbers.length !== 3) return "extended";
  return compareDigits(numbers[0] ?? "", "11") < 0 ? "pi" : "semver";
}

// SemVer 11: what bears a suffix comes before the release, except the fixes, which Mojaloop makes after it.
function stageOf({ suffix }: Tag): number {
  if (suffix.length === 0) return 1;
  return FIX.has(suffix[0] ?? "") ? 2 : 0;
}

function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < MAX_NUMBERS; i++) {
    const order = compareDigits(a[i] ?? "0", b[i] ?? "0");
    if (order !== 0) return order;
  }
  return 0;
}

// SemVer 11.4: numbers by size and before words, words by text, a longer list after its beginning.
function compareSuffixes(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [left = "", right = ""] = [a[i], b[i]];
    // SemVer's own comparison turns digits into numbers, and would round large ones to each other.
    const order =
      isDigits(left) && isDigits(right) ? compareDigits(left, right) : semver.compareIdentifiers(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

// Digits are compared as text, so that no number is rounded to another one. A suffix may bear leading zeros (`snapshot.014`).
function compareDigits(a: string, b: string): number {
  const left = a.replace(/^0+(?=\d)/, "");
  const right = b.replace(/^0+(?=\d)/, "");
  return left.length - right.length || compareText(left, right);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isNumber(text: string): boolean {
  return isDigits(text) && (text.length === 1 || !text.startsWith("0"));
}

function isDigits(text: string): boolean {
  return /^\d+$/.test(text);
}

function isSuffix(text: string): boolean {
  return /^[0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)*$/.test(text);
}
