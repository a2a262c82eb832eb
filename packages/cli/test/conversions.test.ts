import { expect, test } from "vitest";
import { mojaver } from "./mojaver.ts";

type Row = [args: string, code: number, says: string | RegExp, why: string];

test.each<Row>([
  [
    "coverage",
    0,
    /^resource +operation +from +to +class +changes$/m,
    "the table has headings, and nothing that ships is missing",
  ],
  [
    "coverage --resource fxQuotes",
    0,
    /^fxQuotes +POST \/fxQuotes +2\.0 +1\.1 +refused +\S/m,
    "FX is new in 2.0",
  ],
  [
    "coverage --resource parties",
    0,
    /^parties +PUT \/parties\/\{Type\}\/\{ID\} +2\.0 +1\.0 +lossy +.*party\/supported-currencies/m,
    "supportedCurrencies has no place in 1.0",
  ],
  ["coverage --help", 0, "mojaver coverage --resource quotes", "help teaches by example"],
  ["changelog fspiop/1.1 fspiop/2.0", 0, /^# From fspiop 1\.1 to 2\.0\n[^]*fxQuotes/, "FX is new in 2.0"],
  ["changelog fspiop/2.0 fspiop/1.1", 0, /^# From fspiop 2\.0 to 1\.1\n/, "the way back"],
  ["changelog settlement/1.1 settlement/2.0", 0, /a settlement names its model/i, "another API"],
  ["changelog --help", 0, "$ mojaver changelog fspiop/1.1 fspiop/2.0", "help teaches by example"],
])("%s exits with %i and says %s: %s", async (args, code, says) => {
  const answer = await mojaver(args.split(" "));
  expect(answer).toMatchObject({ code, err: "" });
  expect(answer.out).toMatch(says);
});

test.each<Row>([
  [
    "coverage --resource accounts",
    3,
    'no conversions of the resource "accounts"; known are participants',
    "unknown",
  ],
  ["changelog fspiop/1.1 fspiop/9.0", 3, 'no conversions of "fspiop/9.0"; known are fspiop/1.0', "unknown"],
  ["changelog fspiop/1.1 admin/1.0", 3, 'no conversions of "admin/1.0"', "an API of one version"],
  ["changelog fspiop/1.1 settlement/2.0", 2, "versions of different APIs", "usage"],
  ["changelog fspiop/1.1", 2, "missing required argument 'to'", "usage"],
])("%s exits with %i and complains %s: %s", async (args, code, says) => {
  const answer = await mojaver(args.split(" "));
  expect(answer).toMatchObject({ code, out: "" });
  expect(answer.err).toMatch(says);
});

test("coverage lines up its columns, and --json has the same rows", async () => {
  const { out } = await mojaver(["coverage"]);
  const [heading = "", ...lines] = out.trimEnd().split("\n");
  const rows: unknown = JSON.parse((await mojaver(["coverage", "--json"])).out);
  expect(rows).toHaveLength(lines.length);
  const at = heading.indexOf("class");
  const classes = lines.map((line) => /^\S+/.exec(line.slice(at))?.[0]);
  expect(rows).toMatchObject(classes.map((grade) => ({ class: grade })));
});
