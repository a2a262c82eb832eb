import fc from "fast-check";
import semver from "semver";
import { describe, expect, test } from "vitest";
import { imageTags, shippedManifests } from "../src/index.ts";
import { compareTags, parseTag, promisesSemver, type TagKind, type TagScheme } from "../src/tags/tag.ts";
import { newestTags } from "../src/tags/newest-tags.ts";

// The default keeps the run short; the long one is TAG_TRIPLES=200000.
const TRIPLES = Number(process.env["TAG_TRIPLES"] ?? 5000);

const number = fc.oneof(fc.nat(12), fc.nat(300), fc.constant("99999999999999999999"));
const numbers = fc.array(number, { minLength: 2, maxLength: 5 }).map((parts) => parts.join("."));
const counter = fc.oneof(
  fc.constant(""),
  fc.nat(12).map((n) => `.${n}`),
);
const word = fc.constantFrom(
  "snapshot",
  "patch",
  "hotfix",
  "rc",
  "rc1",
  "alpha",
  "perf",
  "es256",
  "local-build",
  "15705.5785e61",
  "007",
  "x_y",
);
const suffix = fc.oneof(
  fc.constant(""),
  fc.tuple(word, counter, counter).map(([text, a, b]) => `-${text}${a}${b}`),
);
const build = fc.oneof({ weight: 9, arbitrary: fc.constant("") }, fc.constantFrom("+b1", "+b2"));
const version = fc.tuple(fc.constantFrom("v", ""), numbers, suffix, build).map((parts) => parts.join(""));
const tag = fc.oneof(
  { weight: 19, arbitrary: version },
  fc.constantFrom("latest", "", "v", "1", "01.2.3", "1.2.3-"),
);

const sign = (a: string, b: string): number => Math.sign(compareTags(a, b));

describe("the order of tags is total", () => {
  test(`no contradiction in ${TRIPLES} triples`, () => {
    fc.assert(
      fc.property(tag, tag, tag, (a, b, c) => {
        expect(sign(a, b)).toBe(-sign(b, a) + 0);
        expect(sign(a, b) === 0).toBe(a === b);
        if (sign(a, b) <= 0 && sign(b, c) <= 0) expect(sign(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: TRIPLES },
    );
  }, 120_000);

  test("SemVer decides wherever both are SemVer and neither is a fix", () => {
    const isFix = (text: string): boolean => parseTag(text)?.kind === "fix";
    fc.assert(
      fc.property(version, version, (a, b) => {
        if (!semver.valid(a) || !semver.valid(b) || isFix(a) || isFix(b)) return;
        const order = semver.compare(a, b);
        if (order !== 0) expect(sign(a, b)).toBe(order);
      }),
      { numRuns: TRIPLES },
    );
  });
});

type Row = [lower: string, higher: string, why: string];

test.each<Row>([
  ["v10.4.1", "v10.4.1.1-patch", "issue 8: a patch comes after what it patches"],
  ["v10.4.1.1-patch", "v10.4.1.2-patch", "issue 8"],
  ["v10.4.1.2-patch", "v10.4.1.10-patch", "issue 8: by number, not by text"],
  ["v10.4.1.10-patch", "v10.4.2", "issue 8: a patch stays in its line"],
  ["v9.5.0-snapshot", "v9.5.0", "SemVer 11.3"],
  [
    "v12.0.0-snapshot.9",
    "v12.0.0-snapshot.14",
    "SemVer 11.4.1; event-stream-processor in Helm 16.0.0 and 17.0.0",
  ],
  ["v11.0.0", "v11.0.0-hotfix", "a hotfix is made after the release (standards/versioning.md)"],
  ["v11.0.0-hotfix", "v11.0.0-hotfix.1", "SemVer 11.4.4"],
  ["v11.0.0-hotfix.1", "v11.0.1", "a hotfix stays before the next release"],
  ["15.0.0-15705.5785e61", "15.0.0", "a chart build of CI is a prerelease"],
  ["1.0.1", "v1.0.2", "the v is no part of the version"],
  ["10.4.1.1", "10.4.1.1.1", "five numbers after four"],
  ["v9.9.9", "v10.0.0", "PI 9 before PI 10"],
  ["v99999999999999999998.0.0", "v99999999999999999999.0.0", "no rounding"],
  ["latest", "v0.0.1", "what names no version stands before what does"],
])("%s is older than %s: %s", (lower, higher) => {
  expect(sign(lower, higher)).toBe(-1);
});

type ParseRow = [text: string, kind: TagKind | undefined, scheme: TagScheme | undefined, why: string];

test.each<ParseRow>([
  ["v10.1.0", "release", "pi", "PI.Sprint.increment below 11.0.0"],
  ["v11.0.0", "release", "semver", "SemVer from 11.0.0 on"],
  ["v10.4.1.1-patch", "fix", "extended", "four numbers"],
  ["v12.0.0-snapshot.14", "snapshot", "semver", "a snapshot"],
  ["18.3.0-es256.1", "variant", "semver", "the same number, another image"],
  ["v15.0.0-rc.1", "prerelease", "semver", "a release candidate"],
  ["latest", undefined, undefined, "no number"],
  ["v1", undefined, undefined, "one number is a line, not a version"],
  ["1.2.3.4.5.6", undefined, undefined, "six numbers"],
  ["1.02.3", undefined, undefined, "SemVer 2: no leading zeros"],
])("%s is read as %s, %s: %s", (text, kind, scheme) => {
  const parsed = parseTag(text);
  expect([parsed?.kind, parsed?.scheme]).toEqual([kind, scheme]);
});

test("below 11.0.0 no step is bound by SemVer", () => {
  expect(promisesSemver("v10.1.0", "v10.4.0")).toBe(false);
  expect(promisesSemver("v16.0.0", "v17.0.0")).toBe(true);
});

test("newest offers releases and fixes, the rest on request", () => {
  const tags = [
    "v10.4.1",
    "v10.4.1.2-patch",
    "v10.4.1.10-patch",
    "v10.4.2",
    "v10.4.1-snapshot",
    "10.4.1-perf.2",
    "latest",
  ];
  expect(newestTags(tags, { line: "10.4.1" })).toEqual(["v10.4.1.10-patch", "v10.4.1.2-patch", "v10.4.1"]);
  expect(newestTags(tags)[0]).toBe("v10.4.2");
  expect(newestTags(tags, { line: "v10.4.1", also: ["snapshot"] }).at(-1)).toBe("v10.4.1-snapshot");
});

test("the tags of an image are those of the shipped manifests", () => {
  expect(newestTags(imageTags(shippedManifests(), "mojaloop/central-ledger"), { line: "19" })).toEqual([
    "v19.8.3",
    "v19.3.0",
  ]);
  expect(newestTags(imageTags(shippedManifests(), "event-stream-processor"))).toEqual([]);
  expect(newestTags(imageTags(shippedManifests(), "event-stream-processor"), { also: ["snapshot"] })[0]).toBe(
    "v12.0.0-snapshot.14",
  );
});
