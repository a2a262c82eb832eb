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
  ["changelog fspiop/1.1 fspiop/9.0", 3, 'no conversions for "fspiop/9.0"; available: fspiop/1.0', "unknown"],
  ["changelog fspiop/1.1 admin/1.0", 3, 'no conversions for "admin/1.0"', "an API of one version"],
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

interface Asked {
  readonly args: string;
  readonly given: unknown;
}

const PARTY = { party: { supportedCurrencies: ["USD"] } };
const ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const mediaType = (version: string): string =>
  `application/vnd.interoperability.transfers+json;version=${version}`;
const committed = (path: string, version: string): object => ({
  method: "PUT",
  path,
  headers: { "FSPIOP-Source": "payeefsp", "Content-Type": mediaType(version) },
  body: { transferState: "COMMITTED" },
});

function transform({ args, given }: Asked): ReturnType<typeof mojaver> {
  // An operation has a blank inside, so it stands for itself behind the words.
  const [words = "", operation] = args.split(" --operation ");
  const named = operation === undefined ? [] : ["--operation", operation];
  const input = typeof given === "string" ? given : JSON.stringify(given);
  return mojaver(["transform", ...words.split(" "), ...named], input);
}

test.each<[asked: Asked, message: unknown, report: string, why: string]>([
  [
    { args: "--from fspiop/2.0 --to fspiop/1.1 --operation PUT /parties/{Type}/{ID}", given: PARTY },
    { party: {} },
    "dropped   /party/supportedCurrencies  (party/supported-currencies)",
    "a body and the template of its operation",
  ],
  [
    { args: "--from fspiop/2.0 --to fspiop/1.1 --quiet --operation PUT /parties/MSISDN/1", given: PARTY },
    { party: {} },
    "",
    "a body and its path, without a report",
  ],
  [
    {
      args: "--from fspiop/2.0 --to fspiop/1.1 --map-ids",
      given: committed(`/transfers/${ULID}`, "2.0"),
    },
    committed("/transfers/d03e62a2-a6f7-5aa3-b58a-cb123b4889ff", "1.1"),
    "changed   /{ID}",
    "a whole message: path, media type and body",
  ],
  [
    {
      args: "--from fspiop/1.1 --to fspiop/1.0",
      given: { method: "GET", path: "/authorizations/1?amount=1" },
    },
    { method: "GET", path: "/authorizations/1?amount=1" },
    "authorizations 1.0 to 1.0: identity",
    "authorizations are 1.0 in every FSPIOP (API Definition 1.1, 3.3 Table 6)",
  ],
  [
    {
      args: "--from settlement/1.1 --to settlement/2.0 --know settlementModel=NET --operation POST /settlements",
      given: { reason: "daily", settlementWindows: [{ id: 1 }] },
    },
    { reason: "daily", settlementWindows: [{ id: 1 }], settlementModel: "NET" },
    "invented  /settlementModel",
    "a change asks, the command line knows",
  ],
])("transform %j prints the message, and its report apart", async (asked, message, report) => {
  const { code, out, err } = await transform(asked);
  expect({ code, err: report === "" ? err : err.includes(report) || err }).toEqual({
    code: 0,
    err: report === "" ? "" : true,
  });
  expect(JSON.parse(out)).toEqual(message);
});

test.each<[asked: Asked, code: number, says: string, why: string]>([
  [
    { args: "--from fspiop/2.0 --to fspiop/1.1", given: committed(`/transfers/${ULID}`, "2.0") },
    1,
    '{"errorInformation":{"errorCode":"3100",',
    "refused: 1.x knows no ULID",
  ],
  [
    { args: "--from fspiop/2.0 --to fspiop/1.1 --quiet --operation POST /fxQuotes", given: {} },
    1,
    '{"errorInformation":{"errorCode":"',
    "refused: FX is new in 2.0",
  ],
  [
    { args: "--from fspiop/1.0 --to fspiop/2.0", given: "{,\n" },
    3,
    "the message is not JSON: ",
    "unreadable",
  ],
  [
    { args: "--from fspiop/1.0 --to fspiop/2.0", given: "" },
    3,
    "the message is not JSON: ",
    "nothing at all",
  ],
  [
    { args: "--from fspiop/1.0 --to fspiop/2.0", given: PARTY },
    3,
    "for a body alone, add --operation",
    "neither whole nor named",
  ],
  [
    { args: "--from fspiop/1.0 --to fspiop/2.0 --operation PATCH /transfers/1", given: {} },
    3,
    "fspiop/1.0 has no PATCH /transfers/1",
    "API Definition 1.0 has no PATCH",
  ],
  [
    { args: "--from fspiop/1.0 --to fspiop/2.0", given: committed("/transfers/1", "1.1") },
    3,
    "the message is of transfers 1.1 by its Content-Type, but fspiop/1.0 has transfers 1.0",
    "another version than was said",
  ],
  [{ args: "--from fspiop/3.0 --to fspiop/2.0", given: {} }, 3, 'no conversions for "fspiop/3.0"', "unknown"],
  [{ args: "--from fspiop/1.0 --to settlement/2.0", given: {} }, 2, "different APIs", "usage"],
  [{ args: "--from fspiop/1.0", given: {} }, 2, "--to", "usage"],
  [{ args: "--from fspiop/1.0 --to fspiop/2.0 --know x", given: {} }, 2, "write name=value", "usage"],
])("transform %j exits with %i and says %s in one line: %s", async (asked, code, says) => {
  const answer = await transform(asked);
  expect(answer).toMatchObject({ code, out: "" });
  expect(answer.err).toContain(says);
  expect(answer.err.trimEnd().split("\n")).toHaveLength(1);
});

test("transform --json prints message, class and report as one document", async () => {
  const args = "--from fspiop/2.0 --to fspiop/1.0 --json --operation PUT /parties/{Type}/{ID}";
  const { out, err } = await transform({ args, given: PARTY });
  expect(err).toBe("");
  expect(JSON.parse(out)).toMatchObject({
    operation: "PUT /parties/{Type}/{ID}",
    class: "lossy",
    report: { dropped: [{ pointer: "/party/supportedCurrencies" }] },
    message: { party: {} },
  });
});
