import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./workspace.ts";

interface Demo {
  readonly ok: boolean;
  readonly scenes: readonly { readonly scene: string; readonly hops: readonly Hop[] }[];
  readonly checks: readonly { readonly claim: string; readonly ok: boolean; readonly seen?: string }[];
}

interface Hop {
  readonly versionIn?: string;
  readonly versionOut?: string;
}

// A process that compiles its sources as it goes takes its time on a busy machine.
const SLOW = { timeout: 60_000 };

function demo(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const main = join(ROOT, "tools", "demo", "main.ts");
  const args = ["--import", "tsx", "--conditions=@mojaloop-versioning/source", main, ...words];
  return spawnSync(process.execPath, args, { encoding: "utf8", cwd: ROOT });
}

test(
  "the demo takes a transfer through 1.0, 1.1 and 2.0, and every check holds (issue 2, item 5)",
  SLOW,
  () => {
    const { status, stdout, stderr } = demo("--json");
    const { ok, scenes, checks } = JSON.parse(stdout || `"${stderr}"`) as Demo; // what the demo prints
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect({ status, ok, stderr }).toEqual({ status: 0, ok: true, stderr: "" });
    const versions = scenes[0]?.hops.flatMap(({ versionIn, versionOut }) => [versionIn, versionOut]);
    expect(new Set(versions)).toEqual(new Set(["1.0", "1.1", "2.0"]));
    expect(scenes.map(({ scene }) => scene)).toEqual(["transfer", "refusal", "error callback", "proposal"]);
  },
);

test("the table has no colour where it is no terminal, and fits in 140 columns", SLOW, () => {
  const { stdout } = demo();
  expect(stdout).not.toContain("\u001b");
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(140);
});

test("an unknown word is an error in the command", SLOW, () => {
  expect(demo("--jsonn")).toMatchObject({ status: 2, stdout: "" });
});
