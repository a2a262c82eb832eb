import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import jsonata from "jsonata";
import { createRegistry, fspiopChanges, transferQuoteIdChanges } from "@mojaloop-versioning/transform";

import type { BenchTable } from "./table.ts";
import { createIncumbent } from "./transform/incumbent.ts";
import { barest, careful, carefulTransfer, carefulTwice, listed } from "./transform/literals.ts";
import { fullQuote, plainQuote, transfer } from "./transform/messages.ts";

const DIST = resolve(import.meta.dirname, "../../packages/transform/dist/index.js");
const ROUNDS = 9;
const REPORT = { report: true };

type Run = () => unknown;

/** One message said in another version, beside other ways to do it, and what loading each costs. */
export async function bench(): Promise<BenchTable> {
  const published = createRegistry(fspiopChanges);
  const proposed = createRegistry([...fspiopChanges, ...transferQuoteIdChanges]);
  const quoteDown = published.between("quotes", "2.0", "1.1", "POST /quotes");
  const quoteTwice = published.between("quotes", "2.0", "1.0", "POST /quotes");
  const quoteUp = published.between("quotes", "1.0", "2.0", "POST /quotes");
  const transferDown = published.between("transfers", "2.0", "1.0", "POST /transfers");
  const transferUp = published.between("transfers", "1.0", "2.0", "POST /transfers");
  const quoteIdUp = proposed.between("transfers", "1.1", "2.0", "POST /transfers");
  const expression = jsonata(
    ["payee", "payer"]
      .map((side) => `|${side}|{}, "supportedCurrencies"| ~> |${side}.personalInfo|{}, "kycInformation"|`)
      .reduce((all, each) => `${all} ~> ${each}`, "$"),
  );
  const { entry, mapQuote } = await createIncumbent();
  const rows: [string, ...(Run | undefined)[]][] = [
    [
      "POST /quotes 2.0 to 1.1, all that 2.0 adds",
      () => quoteDown(fullQuote),
      () => careful(fullQuote),
      () => listed(fullQuote),
      () => barest(fullQuote),
      () => structuredClone(fullQuote),
      () => expression.evaluate(fullQuote),
      () => mapQuote(fullQuote),
    ],
    [
      "POST /quotes 2.0 to 1.1, nothing to lose",
      () => quoteDown(plainQuote),
      () => careful(plainQuote),
      () => listed(plainQuote),
      () => barest(plainQuote),
      () => structuredClone(plainQuote),
      () => expression.evaluate(plainQuote),
      () => mapQuote(plainQuote),
    ],
    [
      "POST /quotes 2.0 to 1.0, two steps, all that 2.0 adds",
      () => quoteTwice(fullQuote),
      () => carefulTwice(fullQuote),
    ],
    [
      "POST /quotes 2.0 to 1.1, all that 2.0 adds, with the report (closures)",
      () => quoteDown(fullQuote, REPORT),
    ],
    ["POST /quotes 1.0 to 2.0", () => quoteUp(plainQuote)],
    ["POST /transfers 2.0 to 1.0", () => transferDown(transfer), () => carefulTransfer(transfer)],
    ["POST /transfers 1.0 to 2.0", () => transferUp(transfer)],
    ["POST /transfers 1.1 to the proposal, ILP packet read", () => quoteIdUp(transfer)],
  ];
  const measured: (string | number)[][] = [];
  for (const [name, ...runs] of rows) {
    const times = await measure(runs);
    const [ours = NaN, ...others] = times;
    const ratios = [0, 1].map((i) => (ours / (others[i] ?? NaN)).toFixed(2).replace("NaN", ""));
    measured.push([name, ...Array.from({ length: 7 }, (_, i) => inMicroseconds(times[i])), ...ratios]);
  }
  return {
    title: [
      "transform: one message in another version, µs of CPU, medians (promised: at most 1, 20 with an ILP packet; ratio at most 2)",
      "by hand, kept: the same outcome as ours, ids checked, members nobody knows kept",
      "by hand, listed: a literal of the members one knows, ids checked, anything else lost, as the author of a service would write it",
      "bare literal: the same literal, nothing checked",
      "ml-schema-transformer-lib 2.10.0 maps the same quote to ISO 20022",
    ].join("\n"),
    columns: [
      "",
      "ours",
      "by hand, kept",
      "by hand, listed",
      "bare literal",
      "structuredClone",
      "jsonata",
      "ml-schema-t.",
      "ours/kept",
      "ours/listed",
    ],
    rows: [...measured, importRow(entry)],
  };
}

/** The median CPU time of one call of each function, in nanoseconds, the functions taking turns; NaN where there is none. */
async function measure(runs: readonly (Run | undefined)[]): Promise<number[]> {
  const times = runs.map((): number[] => []);
  const counts: number[] = [];
  for (const run of runs) counts.push(run ? await callsOf(run) : 0);
  for (let round = -2; round < ROUNDS; round++) {
    for (const [i, run] of runs.entries()) {
      const calls = counts[i] ?? 0;
      if (!run) continue;
      const before = process.cpuUsage();
      for (let call = 0; call < calls; call++) {
        const outcome = run();
        if (outcome instanceof Promise) await outcome;
      }
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) times[i]?.push(((user + system) * 1000) / calls);
    }
  }
  return times.map((values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN);
}

/** How many calls fill some twenty milliseconds. */
async function callsOf(run: Run): Promise<number> {
  for (let i = 0; i < 50; i++) await run();
  const started = performance.now();
  for (let i = 0; i < 50; i++) await run();
  const each = (performance.now() - started) / 50;
  return Math.max(50, Math.min(50_000, Math.round(20 / each)));
}

function inMicroseconds(nanoseconds = NaN): string {
  return Number.isNaN(nanoseconds) ? "" : (nanoseconds / 1000).toFixed(2);
}

function importRow(incumbent: string): (string | number)[] {
  const name = "import in a fresh Node, ms of CPU more than an empty one (promised: at most 20)";
  const nothing = loadTime("process.version");
  const more = (file: string): string =>
    (loadTime(`await import(${JSON.stringify(pathToFileURL(file).href)})`) - nothing).toFixed(0);
  return [name, more(DIST), "", "", "", "", "", more(incumbent), "", ""];
}

function loadTime(statement: string): number {
  const script = `${statement}; const { user, system } = process.cpuUsage(); console.log((user + system) / 1000); process.exit()`;
  const times = Array.from({ length: 7 }, () => {
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return Number(printed.trim().split("\n").at(-1));
  });
  return times.sort((a, b) => a - b)[3] ?? NaN;
}
