import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { diffSpecs, parseSpec } from "@mojaloop-versioning/spec-diff";
import { installPeers } from "./peers/install.ts";
import type { BenchTable } from "./table.ts";

const root = resolve(import.meta.dirname, "../..");
const PEERS = ["api-smart-diff@1.0.6", "openapi-diff@0.24.1"];
const RUNS = 5;
/** CPU after which a measurement is not repeated, and after which a larger size is not tried, in ms. */
const ENOUGH = 3000;
const TOO_MUCH = 5000;

interface Pair {
  readonly name: string;
  readonly base: string;
  readonly revision: string;
}

/** Whether two documents differ in a way that a tool calls breaking. */
type Judge = (base: unknown, revision: unknown) => boolean | Promise<boolean>;

/** Times of whole comparisons beside other tools, and how time grows with size. */
export async function bench(): Promise<BenchTable> {
  const judges: [string, Judge | undefined][] = [
    ["mojaver", (base, revision) => diffSpecs(base, revision).breaking],
    ...peers(),
  ];
  const rows: (string | number)[][] = [];
  for (const [name, judge] of judges) {
    if (!judge) {
      rows.push([name, "not installed", "-", "-", "-", "-"]);
      continue;
    }
    const times: (string | number)[] = [];
    const hopeless = (): boolean => times.some((time) => typeof time === "string" || time > TOO_MUCH);
    for (const pair of PAIRS) times.push(hopeless() ? "too long" : await timed(judge, pair));
    for (const factor of [1, 4, 16]) {
      times.push(hopeless() ? "too long" : await timedDocuments(judge, grown(factor, 9), grown(factor, 5)));
    }
    rows.push([name, ...times]);
  }
  return {
    title: "spec-diff: ms CPU with reading (median of 5), ms for 1×, 4×, 16× components",
    columns: ["tool", ...PAIRS.map(({ name }) => name), "1×", "4×", "16×"],
    rows,
  };
}

const spec = (id: string): string => readFileSync(join(root, "specs", `${id}.yaml`), "utf8");
const PAIRS: readonly Pair[] = [
  { name: "fspiop 1.0→1.1", base: spec("fspiop/1.0"), revision: spec("fspiop/1.1") },
  { name: "1.1→2.0", base: spec("fspiop/1.1"), revision: spec("fspiop/2.0") },
];

async function timed(judge: Judge, { base, revision }: Pair): Promise<string | number> {
  return measured(() => judge(parseSpec(base, "base"), parseSpec(revision, "revision")));
}

async function timedDocuments(judge: Judge, base: unknown, revision: unknown): Promise<string | number> {
  return measured(() => judge(structuredClone(base), structuredClone(revision)));
}

async function measured(work: () => unknown): Promise<string | number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const before = process.cpuUsage();
    try {
      await work();
    } catch {
      return "fails";
    }
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
    if (times.reduce((sum, time) => sum + time, 0) > ENOUGH) break;
  }
  return Math.round(times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0);
}

/** A document of a hundred components and operations times a factor, all of them changed when the length is. */
function grown(factor: number, maxLength: number): unknown {
  const numbers = Array.from({ length: 100 * factor }, (_, i) => String(i));
  const name = { type: "string", maxLength };
  return {
    openapi: "3.0.3",
    info: { title: "Grown", version: "1.0" },
    paths: Object.fromEntries(
      numbers.map((i) => [
        `/r${i}`,
        {
          post: {
            requestBody: {
              content: { "application/json": { schema: { $ref: `#/components/schemas/C${i}` } } },
            },
            responses: { 200: { description: "OK" } },
          },
        },
      ]),
    ),
    components: {
      schemas: Object.fromEntries(
        numbers.map((i) => [`C${i}`, { type: "object", properties: { name }, required: ["name"] }]),
      ),
    },
  };
}

function peers(): [string, Judge | undefined][] {
  const load = createRequire(join(installPeers("spec-diff", PEERS), "package.json"));
  return [
    [PEERS[0] ?? "", smartDiff(load)],
    [PEERS[1] ?? "", openapiDiff(load)],
  ];
}

function smartDiff(load: NodeJS.Require): Judge {
  const { apiDiff } = load("api-smart-diff") as {
    apiDiff: (a: unknown, b: unknown) => { type: string }[];
  }; // its published signature, as far as it is used
  return (base, revision) => apiDiff(base, revision).some(({ type }) => type === "breaking");
}

function openapiDiff(load: NodeJS.Require): Judge {
  interface Spec {
    content: string;
    location: string;
    format: "openapi3";
  }
  const { diffSpecs: compare } = load("openapi-diff") as {
    diffSpecs: (specs: {
      sourceSpec: Spec;
      destinationSpec: Spec;
    }) => Promise<{ breakingDifferencesFound: boolean }>;
  }; // its published signature
  const of = (document: unknown, location: string): Spec => ({
    content: JSON.stringify(document),
    location,
    format: "openapi3",
  });
  return async (base, revision) =>
    (await compare({ sourceSpec: of(base, "a.json"), destinationSpec: of(revision, "b.json") }))
      .breakingDifferencesFound;
}
