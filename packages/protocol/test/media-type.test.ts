import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatMediaType,
  MAX_PARAMETERS,
  MAX_RANGES,
  parseMediaRange,
  parseMediaRanges,
  parseMediaType,
  type MediaType,
} from "../src/index.ts";

const T = "application/vnd.interoperability.transfers+json";

test.each<[MediaType, text: string, why: string]>([
  [{ resource: "transfers", version: "1.1" }, `${T};version=1.1`, "API Definition 3.3.4.2, Listing 4"],
  [{ resource: "transfers", version: "1" }, `${T};version=1`, "API Definition 3.3.4.1, Listing 3"],
  [{ resource: "transfers" }, T, "API Definition 3.3.4.1, Listing 3"],
  [
    { resource: "quotes", dialect: "iso20022", version: "2.0" },
    "application/vnd.interoperability.iso20022.quotes+json;version=2.0",
    "the infix that Mojaloop's services use",
  ],
])("%j is written %s", (mediaType, text) => {
  expect(formatMediaType(mediaType)).toBe(text);
});

test.each<[text: string, parsed: MediaType | undefined, why: string]>([
  [
    `${T};version=1.1`,
    { resource: "transfers", dialect: "fspiop", version: "1.1" },
    "API Definition 3.3.4.2",
  ],
  [T, { resource: "transfers", dialect: "fspiop" }, "without a version"],
  [
    ` ${T.toUpperCase()} ; VERSION="1.1"`,
    { resource: "transfers", dialect: "fspiop", version: "1.1" },
    "RFC 9110 8.3.1, 5.6.6",
  ],
  [`${T};version=1`, undefined, "a body has a minor (API Definition 3.3.4.2)"],
  [`${T};version=1.0;version=1.1`, undefined, "contradictory"],
  [`${T};version=1.1,${T}`, undefined, "a list (RFC 9110 8.3)"],
  [`${T}x`, undefined, "another suffix"],
  ["application/json", undefined, "another tree"],
  ["application/vnd.interoperability.+json", undefined, "no resource"],
  ["application/vnd.interoperability.iso20022.+json", undefined, "no resource"],
  ["", undefined, "nothing"],
])("%s is read %j: %s", (text, parsed) => {
  expect(parseMediaType(text)).toEqual(parsed);
});

test("what is written is read back, in lower case", () => {
  const mediaTypes = fc.record({
    resource: fc.stringMatching(/^[A-Za-z]{1,20}$/),
    dialect: fc.constantFrom("fspiop" as const, "iso20022" as const),
    version: fc.tuple(fc.nat(), fc.nat()).map(([major, minor]) => `${major}.${minor}` as const),
  });
  fc.assert(
    fc.property(mediaTypes, (mediaType) => {
      expect(parseMediaType(formatMediaType(mediaType))).toEqual({
        ...mediaType,
        resource: mediaType.resource.toLowerCase(),
      });
    }),
  );
});

describe("ranges (RFC 9110 12.5.1)", () => {
  test("come in order, with version, charset and weight in thousandths", () => {
    expect(parseMediaRanges(`, ${T};version="1\\.0";q=0.25, Text/*;CharSet=UTF-8 ,*/*;q=0`)).toEqual([
      { type: T, version: "1.0", contradictory: false, charset: undefined, weight: 250 },
      { type: "text/*", version: undefined, contradictory: false, charset: "utf-8", weight: 1000 },
      { type: "*/*", version: undefined, contradictory: false, charset: undefined, weight: 0 },
    ]);
  });

  test.each<[text: string, ranges: number | undefined, why: string]>([
    ["", 0, "an empty list"],
    [",, ,", 0, "empty elements (5.6.1.2)"],
    ["a/b;;;", 1, "empty parameters (5.6.6)"],
    ["a/b;q=0.123", 1, "three decimals (12.4.2)"],
    ["a/b;q=0.1234", undefined, "four decimals (12.4.2)"],
    ["a/b;q=1.5", undefined, "above one (12.4.2)"],
    ["a/b;q=0.5;q=0.5", undefined, "a repeated weight"],
    ["a/b c/d", undefined, "no comma between them"],
    ["a", undefined, "no subtype"],
    ['a/b;x="', undefined, "an open quote (5.6.4)"],
    ['a/b;x="\x07"', undefined, "a control in a quoted string (5.6.4)"],
    ["a/b;x=\u0101", undefined, "no token character (5.6.2)"],
    [Array.from({ length: MAX_RANGES }, () => "a/b").join(), MAX_RANGES, "as many as are read"],
    [Array.from({ length: MAX_RANGES + 1 }, () => "a/b").join(), undefined, "one more"],
    [`a/b${";x=y".repeat(MAX_PARAMETERS)}`, 1, "as many parameters as are read"],
    [`a/b${";x=y".repeat(MAX_PARAMETERS + 1)}`, undefined, "one more"],
  ])("%j has %s: %s", (text, ranges) => {
    expect(parseMediaRanges(text)?.length).toBe(ranges);
  });

  test("contradictory versions are marked, contradictory charsets all kept", () => {
    expect(parseMediaRange("a/b;version=1;version=2;version=1")?.contradictory).toBe(true);
    expect(parseMediaRange('a/b;version=1;version="1"')?.contradictory).toBe(false);
    expect(parseMediaRange("a/b;charset=utf-8;charset=x")?.charset).toBe("utf-8, x");
  });

  test("a media type has no weight", () => {
    expect(parseMediaRange("a/b;q=7")?.weight).toBe(1000);
  });

  test("any text is read without a throw, and a range has a type and a subtype", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), (text) => {
        for (const { type } of parseMediaRanges(text) ?? []) expect(type).toMatch(/^[^/]+\/[^/]+$/);
      }),
    );
  });
});
