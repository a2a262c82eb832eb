import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareVersions,
  isVersion,
  isVersioningError,
  newestFirst,
  parseVersion,
  type Version,
} from "../src/index.ts";

type Row = [text: string, version: boolean, why: string];

test.each<Row>([
  ["1.0", true, "major and minor (API Definition 3.3.4.2)"],
  ["10.21", true, "each part is a decimal number (API Definition 3.3)"],
  ["0.9", true, "zero is a number"],
  ["1", false, "a bare major is a range, not a version (API Definition 3.3.4.1)"],
  ["01.1", false, "no leading zeros (docs/decisions.md 1)"],
  ["1.01", false, "no leading zeros (docs/decisions.md 1)"],
  ["1.", false, "no minor"],
  [".1", false, "no major"],
  ["1.1.0", false, "that is SemVer, not an FSPIOP version"],
  ["v1.1", false, "digits only"],
  ["1.-1", false, "digits only"],
  ["1.1 ", false, "no white space"],
  ["", false, "nothing"],
  ["9".repeat(40) + ".0", true, "huge, yet well formed (docs/decisions.md 1)"],
])("%s is a version: %s, for %s", (text, version) => {
  expect(isVersion(text)).toBe(version);
});

test("a text that is no version is refused by name", () => {
  const refusal = (): Version => parseVersion("v2");
  expect(refusal).toThrow('"v2" is not a version; write it as major.minor, like "1.1"');
  try {
    refusal();
  } catch (error) {
    expect(isVersioningError(error, "invalid-version")).toBe(true);
    expect(isVersioningError(error, "invalid-option")).toBe(false);
  }
  expect(isVersioningError(new Error("another"))).toBe(false);
});

describe("order", () => {
  test.each<[older: Version, newer: Version, why: string]>([
    ["1.2", "1.10", "numbers, not text"],
    ["1.10", "2.0", "major first"],
    ["9.0", "10.0", "major is a number too"],
    ["1.9007199254740992", "1.9007199254740993", "past what a float can tell apart"],
  ])("%s before %s: %s", (older, newer) => {
    expect(compareVersions(older, newer)).toBe(-1);
    expect(compareVersions(newer, older)).toBe(1);
  });

  const part = fc.bigInt({ min: 0n, max: 10n ** 20n });
  const version = fc
    .tuple(part, part)
    .map(([major, minor]): Version => parseVersion(`${String(major)}.${String(minor)}`));

  test("agrees with the order of the numbers, whatever they are", () => {
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const want = a === c ? (b === d ? 0 : b < d ? -1 : 1) : a < c ? -1 : 1;
        expect(
          compareVersions(
            parseVersion(`${String(a)}.${String(b)}`),
            parseVersion(`${String(c)}.${String(d)}`),
          ),
        ).toBe(want);
      }),
    );
  });

  test("newestFirst sorts, drops duplicates and leaves its input alone", () => {
    fc.assert(
      fc.property(fc.array(version), (versions) => {
        const input = Object.freeze([...versions]);
        const sorted = newestFirst(input);
        expect(new Set(sorted)).toEqual(new Set(input));
        expect(sorted.length).toBe(new Set(input).size);
        for (const [i, next] of sorted.slice(1).entries())
          expect(compareVersions(sorted[i] ?? next, next)).toBe(1);
      }),
    );
  });
});
