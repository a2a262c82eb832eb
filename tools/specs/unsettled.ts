import { execFile } from "node:child_process";

import { compareVersions, type Version } from "@mojaloop-versioning/protocol";

import { specError } from "./spec-error.ts";

const FROM_SOURCE = ["--conditions=@mojaloop-versioning/source", "--import=tsx"];

/** A program of the repository that ran to its end. */
interface Ended {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * What the declared changes leave open over the generated residue as it is on disk now: what is missing, and what no longer compiles.
 * Each is a line; none where all is settled. Makes the literal code of the conversions anew on the way.
 * @throws VersioningError `invalid-spec` if the declarations cannot be read at all and the compiler has nothing to say of it
 */
export async function listUnsettled(root: string): Promise<string[]> {
  // Programs of their own: this one may have read what was generated before.
  const lanes = await run(root, [...FROM_SOURCE, "packages/transform/generate/main.ts"]);
  if (lanes.stdout === "") throw specError("packages/transform", lanes.stderr.trim());
  const [coverage, compiler] = await Promise.all([
    run(root, [...FROM_SOURCE, "packages/cli/src/main.ts", "coverage", "--json"]),
    run(root, ["node_modules/typescript/bin/tsc", "-p", "packages/transform", "--pretty", "false"]),
  ]);
  const wrong = compiler.stdout
    .split("\n")
    .filter((line) => /^packages\/transform\/src\/.*: error TS\d+:/.test(line));
  // It ends with 1 for what is missing, and for a fault of its own; then it prints nothing.
  const missing = coverage.stdout === "" ? undefined : missingIn(coverage.stdout);
  if (!missing && wrong.length === 0) {
    throw specError("packages/transform", coverage.stderr.trim() || "coverage ended without an answer");
  }
  return [...(missing ?? []), ...wrong];
}

interface Row {
  readonly operation: string;
  readonly resource: string;
  readonly from: Version;
  readonly to: Version;
  readonly missing: readonly string[];
}

function missingIn(json: string): string[] {
  const rows = JSON.parse(json) as readonly Row[]; // what `mojaver coverage --json` prints
  return rows
    .filter((row) => row.missing.length > 0 && isStep(row, rows))
    .map(({ operation, resource, from, to, missing }) => {
      const what = missing.map((pointer) => pointer || "the operation itself").join(", ");
      return `missing: ${operation}, ${resource} ${from} → ${to}: ${what}`;
    });
}

// What a step between neighbours misses, every longer way over it misses too.
function isStep({ resource, from, to }: Row, rows: readonly Row[]): boolean {
  const [low, high] = compareVersions(from, to) < 0 ? [from, to] : [to, from];
  return !rows.some(
    (row) =>
      row.resource === resource && compareVersions(row.from, low) > 0 && compareVersions(row.from, high) < 0,
  );
}

function run(cwd: string, words: readonly string[]): Promise<Ended> {
  return new Promise((settle) => {
    execFile(process.execPath, words, { cwd, maxBuffer: 64 * 2 ** 20 }, (_error, stdout, stderr) => {
      settle({ stdout, stderr });
    });
  });
}
