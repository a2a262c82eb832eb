import { execFile } from "node:child_process";

import type { UnsettledDirection, UnsettledPlace } from "@mojaloop-versioning/transform";

import { specError } from "./spec-error.ts";

const FROM_SOURCE = ["--conditions=@mojaloop-versioning/source", "--import=tsx"];

/** What the declared changes leave open. */
export interface Unsettled {
  /** One line for each pointer, then one for each error of the compiler; none where everything is settled. */
  readonly lines: readonly string[];
  /** Declarations that settle the pointers, as TypeScript. */
  readonly declarations: string;
}

/**
 * Finds what the declared changes leave open over the generated residue on disk: pointers without a declaration, in both directions, and
 * declarations that no longer compile. Generates the fast paths, too.
 * @throws VersioningError `invalid-spec` if the declarations cannot be loaded and the compiler reports no reason
 */
export async function findUnsettled(root: string): Promise<Unsettled> {
  // Separate processes, because this one may have loaded the residue of before.
  const generated = await run(root, [...FROM_SOURCE, "packages/transform/generate/main.ts"]);
  const [listed, compiled] = await Promise.all([
    run(root, [...FROM_SOURCE, "tools/specs/list-unsettled.ts"]),
    run(root, ["node_modules/typescript/bin/tsc", "-p", "packages/transform", "--pretty", "false"]),
  ]);
  const errors = compiled.stdout
    .split("\n")
    .filter((line) => /^packages\/transform\/src\/.*: error TS\d+:/.test(line));
  if (listed.stdout === "" && errors.length === 0) {
    throw specError(
      "packages/transform",
      reasonIn(generated.stderr) ?? reasonIn(listed.stderr) ?? "cannot be loaded",
    );
  }
  const { places, declarations } = (
    listed.stdout === "" ? { places: [], declarations: "" } : JSON.parse(listed.stdout)
  ) as { places: readonly UnsettledPlace[]; declarations: string }; // what list-unsettled.ts prints
  return { lines: [...places.flatMap(describePlace), ...errors], declarations };
}

function describePlace({ subject, from, to, up, down }: UnsettledPlace): string[] {
  const what =
    "resource" in subject
      ? `${subject.operation}, ${subject.resource}`
      : `${subject.component}, ${subject.api}`;
  return [
    ...describeDirection(`unsettled: ${what} ${from} → ${to}`, "up", up),
    ...describeDirection(`unsettled: ${what} ${to} → ${from}`, "down", down),
  ];
}

function describeDirection(
  where: string,
  direction: string,
  { refuse, fill, lose }: UnsettledDirection,
): string[] {
  return [
    ...(refuse ? [`${where}: the operation does not exist there; set ${direction}.refuse`] : []),
    ...fill.map(
      (pointer) => `${where}: ${pointer || '"" (the whole value)'} needs a source in ${direction}.fill`,
    ),
    ...lose.map(
      (pointer) => `${where}: ${pointer || '"" (the whole value)'} needs a disposal in ${direction}.lose`,
    ),
  ];
}

// The line with the error, without the stack.
function reasonIn(stderr: string): string | undefined {
  return stderr.split("\n").find((line) => /^\w*Error\b.*: /.test(line));
}

// A program that ran to its end.
interface Ended {
  readonly stdout: string;
  readonly stderr: string;
}

function run(cwd: string, words: readonly string[]): Promise<Ended> {
  return new Promise((settle) => {
    execFile(process.execPath, words, { cwd, maxBuffer: 64 * 2 ** 20 }, (_error, stdout, stderr) => {
      settle({ stdout, stderr });
    });
  });
}
