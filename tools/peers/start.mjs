// `npm run test:peers`: installs the peers if what is installed is not what the lock names, and runs the suite.
// The peers are no member of the workspace: they have their own lock, and their engines do not constrain ours.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const stamp = join(here, "node_modules", ".installed");

// Runs a command to its end and ends this process with it if it fails.
function run(command, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    encoding: "utf8",
    ...options,
  });
  if (status === 0) return;
  console.error(`${stdout ?? ""}${stderr ?? ""}\n${command} ${args.join(" ")} failed`);
  process.exit(status ?? 1);
}

const lock = createHash("sha256")
  .update(readFileSync(join(here, "package-lock.json")))
  .digest("hex");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
  // Flags, because npm hands the configuration of the root to what a script of the root starts.
  const flags = ["--no-engine-strict", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  run("npm", ["ci", "--prefix", here, ...flags], { stdio: "pipe" });
  writeFileSync(stamp, lock);
}

const bin = (name) => join(root, "node_modules", ".bin", name);
const files = process.argv.slice(2);
if (files.length === 0) {
  run(bin("tsc"), ["-p", here]);
  run(bin("eslint"), [here]);
}
run(bin("vitest"), ["run", "--config", join(here, "vitest.config.ts"), ...files]);
