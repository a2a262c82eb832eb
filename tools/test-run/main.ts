import { spawnSync } from "node:child_process";
import { relative, resolve } from "node:path";
import { NX } from "../nx.ts";
import { collectNotRun, formatNotRun } from "./not-run.ts";
import { readReports, removeReports } from "./reports.ts";

// `npm test`: every test target through nx, then the list of what was not run. With CI set, a test that was not run is a failure.
const root = resolve(import.meta.dirname, "../..");
const targets = ["test", "test:house", "test:packages"];

removeReports(root);
const { status } = spawnSync(process.execPath, [NX, "run-many", "-t", ...targets, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
const notRun = collectNotRun(readReports(root));
if (notRun.length > 0) {
  console.log(formatNotRun(notRun, (file) => relative(root, file)));
}
const ci = (process.env["CI"] ?? "") !== "" && process.env["CI"] !== "false";
if (ci && notRun.length > 0) console.log("CI is set: a test that was not run counts as failed");
process.exitCode = status === 0 && !(ci && notRun.length > 0) ? 0 : 1;
