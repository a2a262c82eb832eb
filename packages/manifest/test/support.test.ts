import { describe, expect, test } from "vitest";
import { shippedManifests, type Manifest } from "../src/index.ts";
import {
  lineFor,
  parseDate,
  readPolicy,
  readReleases,
  shippedPolicies,
  shippedReleases,
  supportCalendar,
  supportCalendarSvg,
  supportGaps,
  supportStatus,
  supportWindows,
  toEndOfLife,
  toNodeSchedule,
  withManifests,
  type Release,
  type SupportPolicy,
} from "../src/support.ts";
import { addMonths } from "../src/text/calendar-date.ts";

const releases = shippedReleases();
const policy = (id: string): SupportPolicy => {
  const found = shippedPolicies().find((candidate) => candidate.id === id);
  if (!found) throw new Error(id);
  return found;
};
const year = policy("year-per-major");
const current = policy("current");

const made = (version: string, date: string): Release => ({
  version,
  date,
  source: "test",
  confidence: "stated",
});
const ladder = (rungs: SupportPolicy["rungs"], line: SupportPolicy["line"] = "major"): SupportPolicy => ({
  id: "ladder",
  title: "A ladder",
  source: "test",
  confidence: "stated",
  line,
  rungs,
});

test("the shipped releases are in order, on days of the calendar, each with a source", () => {
  expect(releases.map(({ date }) => parseDate(date))).toEqual(releases.map(({ date }) => date).toSorted());
  expect(releases.filter(({ source }) => source.length === 0)).toEqual([]);
  expect(withManifests(releases, shippedManifests())).toEqual(releases);
});

describe("gaps come out to the day", () => {
  test("a year for Helm 16.0.0 ends 12 days before 17.0.0 (2024-03-13, 2025-03-25)", () => {
    expect(supportGaps(releases, year).at(-1)).toEqual({
      from: "2025-03-13",
      to: "2025-03-25",
      days: 12,
      after: "16",
      before: "17",
    });
  });

  test("half a year for Helm 10.1.0 ends 37 days before 11.0.0 (2020-05-15, 2020-12-22)", () => {
    const only = ladder([{ from: "2020-01-01", months: 6 }], "release");
    const two = releases.filter(({ version }) => ["10.1.0", "11.0.0"].includes(version));
    expect(supportGaps(two, only)).toMatchObject([{ days: 37, from: "2020-11-15", to: "2020-12-22" }]);
  });

  test("the rung in force on the first day of a line counts, the longest window covers", () => {
    const steps = ladder([
      { from: "2020-01-01", months: 3 },
      { from: "2022-01-01", months: 12 },
    ]);
    const known = [
      made("1.0.0", "2021-12-31"),
      made("2.0.0", "2022-04-10"),
      made("2.1.0", "2022-12-01"),
      made("3.0.0", "2023-04-20"),
    ];
    expect(supportWindows(known, steps).map(({ line, start, end }) => [line, start, end])).toEqual([
      ["1", "2021-12-31", "2022-03-31"],
      ["2", "2022-04-10", "2023-04-10"],
      ["3", "2023-04-20", "2024-04-20"],
    ]);
    expect(supportGaps(known, steps).map(({ days }) => days)).toEqual([10, 10]);
  });

  test("a policy may cover some lines only, and says so of the others", () => {
    const only: SupportPolicy = { ...year, only: ["13", "16"] };
    expect(supportGaps(releases, only)).toMatchObject([
      { after: "13", before: "16", from: "2022-07-02", to: "2024-03-13" },
    ]);
    expect(supportStatus("15.0.0", only, "2023-06-01").state).toBe("uncovered");
  });

  test("the gaps of the LTS ladder, with the announced days (PI-11 versioning slides)", () => {
    expect(supportGaps(releases, policy("lts")).map(({ from, to, days }) => [from, to, days])).toEqual([
      ["2021-05-26", "2021-07-02", 37],
      ["2021-12-17", "2022-03-14", 87],
      ["2025-03-13", "2025-03-25", 12],
    ]);
  });

  test("on 2026-11-24 the ladder supports 17.2.0 and 17.3.0 only", () => {
    const supported = releases
      .map(({ version }) => supportStatus(version, policy("lts"), "2026-11-24", releases))
      .filter(({ state }) => state === "supported");
    expect(supported.map(({ version }) => version)).toEqual(["17.2.0", "17.3.0"]);
  });

  test("support until the next release leaves no gap", () => {
    expect(supportGaps(releases, current)).toEqual([]);
  });
});

type StatusRow = [version: string, on: string, state: string, daysLeft: number | undefined, why: string];

test.each<StatusRow>([
  ["16.0.0", "2025-03-12", "supported", 1, "the last day"],
  ["v16.0.0", "2025-03-13", "ended", 0, "the day after"],
  ["15.2.0", "2024-03-22", "supported", 1, "a minor is kept with its major, from 15.0.0 on"],
  ["17.1.0", "2025-08-04", "not-released", undefined, "a day before its release"],
])("%s on %s is %s: %s", (version, on, state, daysLeft) => {
  const status = supportStatus(version, year, on, releases);
  expect([status.state, status.daysLeft]).toEqual([state, daysLeft]);
});

test("a manifest stands for its release, also one that is not known otherwise", () => {
  const [first] = shippedManifests();
  const own = {
    ...first,
    helm: {
      chart: "mojaloop",
      version: [{ value: "18.0.0", source: "slides", confidence: "stated" as const }],
    },
  } as Manifest; // the rest is a whole manifest
  expect(supportStatus(own, year, "2020-05-16")).toMatchObject({ version: "18.0.0", state: "supported" });
});

test("the newest release of a line is that of the day", () => {
  expect(supportStatus("13.0.0", year, "2022-03-20", releases).newest).toBe("13.1.0");
});

test.each([["2024-02-30"], ["2023-02-29"], ["24-02-03"], ["2024-13-01"], ["tomorrow"]])(
  "%s is no date",
  (text) => {
    expect(() => parseDate(text)).toThrow(`"${text}" is no date of the calendar`);
  },
);

test.each([
  ["2024-01-31", 1, "2024-02-29"],
  ["2023-11-30", 3, "2024-02-29"],
  ["2020-12-22", 12, "2021-12-22"],
])("%s and %i months is %s", (date, months, sum) => {
  expect(addMonths(date, months)).toBe(sum);
});

test("a version whose day nobody knows is named", () => {
  expect(() => supportStatus("12.3.4", year, "2024-01-01", releases)).toThrow(
    'the day of "12.3.4" is not known',
  );
});

test("a policy of one's own is read, and its faults are named with file and line", () => {
  const good =
    'id: mine\ntitle: Mine\nsource: our board\nconfidence: stated\nline: minor\nrungs:\n  - from: "2020-07-27"\n    months: 6\n';
  expect(lineFor("17.1.0", readPolicy(good, "p.yaml"))).toBe("17.1");
  expect(() => readPolicy(good.replace("2020-07-27", "2020-07-32"), "p.yaml")).toThrow(
    "p.yaml:7: rungs.0.from",
  );
  expect(() => readPolicy(good.replace("months: 6", "years: 6"), "p.yaml")).toThrow(/p\.yaml:7: rungs\.0/);
  expect(() => readPolicy("id: [", "p.yaml")).toThrow(/^p\.yaml:1:/);
});

describe("a ladder and releases of one's own, from two files", () => {
  const ladderFile = `id: lts
title: Long-term support
source: our board
confidence: stated
line: release
rungs:
  - { from: "2020-01-01", months: 6 }
  - { from: "2021-01-01", months: 12 }
only: ["10.1.0", "11.0.0", "12.0.0", "16.0.0", "17.0.0"]
`;
  const releasesFile = `- { version: "v10.1.0", date: "2020-05-15" }
- { version: "11.0.0", date: "2020-12-22" }
- { version: "11.4.0", date: "2021-02-01" } # no long-term release
- { version: "12.0.0", date: "2021-10-03", source: "made up for this test", confidence: inferred }
- { version: "16.0.0", date: "2024-02-06" }
- { version: "17.0.0", date: "2025-03-25" }
`;

  test("gaps come out to the day: 37 and 47 are of real days, 103 of one that is made up", () => {
    const own = readReleases(releasesFile, "ours.yaml");
    const gaps = supportGaps(own, readPolicy(ladderFile, "lts.yaml"));
    expect(gaps.map(({ days, after, before }) => [days, after, before])).toEqual([
      [37, "10.1.0", "11.0.0"],
      [103, "11.0.0", "12.0.0"],
      [491, "12.0.0", "16.0.0"],
      [47, "16.0.0", "17.0.0"],
    ]);
    expect(own[0]).toEqual({
      version: "10.1.0",
      date: "2020-05-15",
      source: "ours.yaml",
      confidence: "stated",
    });
  });

  test.each([
    [releasesFile.replace("2020-12-22", "2020-12-32"), "ours.yaml:2: 1.date is no date"],
    [releasesFile.replace('"11.0.0"', "11.0"), "ours.yaml:2: 1.version"],
    [releasesFile.replace("11.0.0", "latest"), 'ours.yaml:2: 1.version is no version, like "16.0.0"'],
    [releasesFile.replace("11.0.0", "10.1.0"), "ours.yaml: the release 10.1.0 stands twice"],
    [releasesFile.replace("date:", "day:"), "ours.yaml:1: 0"],
    ["- a\n- [", "ours.yaml:2:"],
  ])("%j is named with file and line: %s", (text, says) => {
    expect(() => readReleases(text, "ours.yaml")).toThrow(says);
  });
});

test("the calendar as text, as a picture, for nodejs and for endoflife.date", () => {
  expect(supportCalendar(releases, year)).toContain(
    "2025-03-13 to 2025-03-25: 12 days between the end of 16 and 17",
  );
  const svg = supportCalendarSvg(releases, { ...year, title: 'A <"b"> & c' }, { on: "2026-11-21" });
  expect(svg).toContain("A &lt;&quot;b&quot;&gt; &amp; c");
  expect(svg).toContain("no release supported: 2025-03-13 to 2025-03-25, 12 days");
  expect(svg).not.toMatch(/NaN|undefined/);
  expect(toNodeSchedule(releases, year)["v16"]).toEqual({ start: "2024-03-13", end: "2025-03-13" });
  expect(toEndOfLife(releases, year)[0]).toEqual({
    cycle: "17",
    releaseDate: "2025-03-25",
    eol: "2026-03-25",
    latest: "17.3.0",
    latestReleaseDate: "2026-07-13",
    lts: false,
  });
  expect(toEndOfLife(releases, current)[0]?.eol).toBe(false);
});
