import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collectNotRun, formatNotRun, type TestReport } from "../../test-run/not-run.ts";
import { ROOT } from "../workspace.ts";

// A real run of vitest over one file, in which one of three tests needs a program that does not exist.
const FILE = `
  import { describe, expect, test } from "vitest";
  import { needs } from ${JSON.stringify(join(ROOT, "tools/test-run/requirements.ts"))};
  const absent = { name: "absent-server", get: "apt-get install absent-server", found: false };
  const present = { name: "node", get: "", found: true };
  describe("with a missing program", needs(absent, present), () => { test("is skipped", () => { throw new Error("ran"); }); });
  describe("with a program that is there", needs(present), () => { test("runs", () => { expect(1).toBe(1); }); });
  test.skip("is skipped without a reason", () => {});
`;

let folder = "";
let report: TestReport;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "not-run-"));
  mkdirSync(join(folder, "test"));
  writeFileSync(join(folder, "test", "one.test.ts"), FILE);
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const config = join(ROOT, "tools/vitest.config.ts");
  execFileSync(process.execPath, [vitest, "run", "--config", config, "--root", folder], { stdio: "pipe" });
  report = JSON.parse(readFileSync(join(folder, ".test-report.json"), "utf8")) as TestReport; // written by the run above
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("a skipped test is listed with what was missing and how to get it; a skip without a reason is listed too", () => {
  const text = formatNotRun(collectNotRun([report]), (file) => file.slice(folder.length + 1));
  expect(text.split("\n")).toEqual([
    "1 test was not run: absent-server is missing (get it: apt-get install absent-server)",
    "  test/one.test.ts (1)",
    "1 test was not run: skipped without a reason",
    "  test/one.test.ts (1)",
  ]);
});

test("nothing is listed where everything ran", () => {
  const ran = report.testResults.map((file) => ({
    ...file,
    assertionResults: file.assertionResults.filter(({ status }) => status === "passed"),
  }));
  expect(ran[0]?.assertionResults).toHaveLength(1);
  expect(formatNotRun(collectNotRun([{ testResults: ran }]), String)).toBe("");
});

// The fingerprint is part of nx's cache key: with another set of programs no result comes from the cache.
test.each(["redis-server", "chromium", "openssl"])("the cache key changes with %s", (program) => {
  const bin = join(folder, `bin-${program}`);
  mkdirSync(bin);
  const fingerprint = (): string =>
    spawnSync(process.execPath, [join(ROOT, "tools/test-run/fingerprint.mjs")], {
      encoding: "utf8",
      env: { PATH: bin, HOME: folder },
    }).stdout;
  const without = fingerprint();
  writeFileSync(join(bin, program), "");
  expect(without).toContain(`${program} false`);
  expect(fingerprint()).toBe(without.replace(`${program} false`, `${program} true`));
});
