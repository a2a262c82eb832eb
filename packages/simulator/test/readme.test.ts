import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const PACKAGE = join(import.meta.dirname, "..");

test("the README's first example runs as printed", { timeout: 60_000 }, () => {
  const [, code = ""] = /^```ts\n(.*?)^```$/ms.exec(readFileSync(join(PACKAGE, "README.md"), "utf8")) ?? [];
  // The example has no type of its own in it: it is JavaScript, and runs in this package as it would in another.
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import=tsx", "--conditions=@mojaloop-versioning/source", "--input-type=module", "--eval", code],
    { cwd: PACKAGE, encoding: "utf8" },
  );
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "COMMITTED\n", stderr: "" });
});
