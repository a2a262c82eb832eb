import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Command } from "commander";
import { afterAll, expect, test } from "vitest";
import { jsonSchemaOf, schemaNames } from "../src/schemas/index.ts";
import { mojaver, programWith } from "./mojaver.ts";

const folder = mkdtempSync(join(tmpdir(), "mojaver-schemas-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "migrations"));
writeFileSync(join(folder, "Chart.yaml"), "apiVersion: v2\nname: mojaloop\nversion: 99.0.0\n");
writeFileSync(join(folder, "values.yaml"), "image: mojaloop/quoting-service:v20.0.0\n");
writeFileSync(
  join(folder, "migrations/100_gone.js"),
  "exports.up = (knex) => knex.schema.dropTable('transfer')",
);

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const faultsOf = (name: string, value: unknown, closed = true): unknown => {
  const validate = ajv.compile(jsonSchemaOf(name, closed) ?? {});
  return validate(value) ? [] : validate.errors;
};

const PARTY = '{"party":{"supportedCurrencies":["USD"]}}';
const TAGS = "v10.4.1\nlatest\nv10.4.1.2-patch\n";

type Row = [schema: string, words: string[], input?: string];

const rows: Row[] = [
  ["specs list", ["specs", "list", "--json"]],
  ["specs diff", ["specs", "diff", "fspiop/1.0", "fspiop/1.1", "--json"]],
  ["manifest list", ["manifest", "list", "--json"]],
  ["manifest show", ["manifest", "show", "17.0.0", "--json"]],
  ["manifest show", ["manifest", "show", "1.0", "--json"]],
  ["manifest extract", ["manifest", "extract", "--chart", folder]],
  ["manifest verify", ["manifest", "verify", "17.0.0", "--json"]],
  ["manifest diff", ["manifest", "diff", "1.0", "17.0.0", "--json"]],
  ["bump", ["bump", "example-1.0", "example-2.0", "--json"]],
  ["bump", ["bump", "16.0.0", "17.0.0", "--json"]],
  ["can-talk", ["can-talk", "--hub", "17.0.0", "--payer", "1.1", "--payee", "2.0", "--json"]],
  ["can-talk", ["can-talk", "--hub", "1.0", "--payer", "1.0", "--payee", "1.0,1.1", "--json"]],
  [
    "can-talk",
    ["can-talk", "--hub", "16.0.0", "--payer", "2.0", "--payee", "2.0", "--resources", "fxQuotes", "--json"],
  ],
  [
    "transform",
    [
      "transform",
      "--from",
      "fspiop/2.0",
      "--to",
      "fspiop/1.1",
      "--operation",
      "PUT /parties/{Type}/{ID}",
      "--json",
    ],
    PARTY,
  ],
  ["coverage", ["coverage", "--json"]],
  ["upgrade check", ["upgrade", "check", "16.0.0", "17.0.0", "--json"]],
  ["upgrade check", ["upgrade", "check", "1.0", "13.1.1", "--json"]],
  ["upgrade check", ["upgrade", "check", "central-ledger@v8.8.2", "central-ledger@v9.3.0", "--json"]],
  ["upgrade path", ["upgrade", "path", "11.0.0", "17.1.0", "--json"]],
  ["upgrade lint", ["upgrade", "lint", join(folder, "migrations"), "--release", "17.0.0", "--json"]],
  ["support status", ["support", "status", "16.0.0", "--policy", "year-per-major", "--json"]],
  ["support status", ["support", "status", "17.0.0", "--json"]],
  ["support gaps", ["support", "gaps", "--policy", "year-per-major", "--json"]],
  ["support calendar", ["support", "calendar", "--json"]],
  ["support calendar --format nodejs", ["support", "calendar", "--format", "nodejs"]],
  ["support calendar --format endoflife", ["support", "calendar", "--format", "endoflife"]],
  ["support policies", ["support", "policies", "--json"]],
  ["support releases", ["support", "releases", "--json"]],
  ["skew", ["skew", "central-ledger@10.1.0", "central-ledger@10.5.2", "--json"]],
  ["tags newest", ["tags", "newest", "central-ledger", "--json"]],
  ["tags sort", ["tags", "sort", "--json"], TAGS],
  ["demo", ["demo", "--json"]],
];

test.each(rows)(
  "%s: what %j prints fits its schema, and nothing in it is unnamed",
  async (name, words, input) => {
    const { out } = await mojaver(words, input);
    const value: unknown = JSON.parse(out);
    expect(faultsOf(name, value)).toEqual([]);
    expect(faultsOf(name, value, false)).toEqual([]);
  },
);

test("every command with --json has a schema, and every schema a row above", async () => {
  const program = await programWith("all");
  const withJson = (command: Command, path: string[]): string[] => [
    ...(command.options.some(({ long }) => long === "--json") ? [path.join(" ")] : []),
    ...command.commands.flatMap((below) => withJson(below, [...path, below.name()])),
  ];
  expect(schemaNames).toEqual(expect.arrayContaining(withJson(program, [])));
  expect(new Set(rows.map(([name]) => name))).toEqual(new Set(schemaNames));
});

test("a published schema is open, since members may be added; the closed one of these tests is not", async () => {
  const { out } = await mojaver([
    "can-talk",
    "--hub",
    "17.0.0",
    "--payer",
    "1.1",
    "--payee",
    "2.0",
    "--json",
  ]);
  const more = { ...(JSON.parse(out) as object), added: 1 }; // an object, as its schema says
  expect(faultsOf("can-talk", more, false)).toEqual([]);
  expect(faultsOf("can-talk", more)).not.toEqual([]);
  expect(faultsOf("can-talk", { ...more, verdict: "perhaps" }, false)).not.toEqual([]);
});

test("mojaver schema prints one, lists them, and names them where one is not known", async () => {
  const one = await mojaver(["schema", "upgrade", "check"]);
  expect(JSON.parse(one.out)).toMatchObject({ title: "mojaver upgrade check --json", type: "object" });
  expect((await mojaver(["schema"])).out).toBe(`${schemaNames.join("\n")}\n`);
  expect(await mojaver(["schema", "nothing"])).toMatchObject({ code: 2, out: "" });
});
