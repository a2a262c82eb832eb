import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * Installs packages that only a bench uses into `tools/bench/.peers/<name>`, once: their trees are too heavy for the workspace.
 * @param specifiers name and exact version, such as `negotiator@1.0.0`
 * @returns the folder, whose `node_modules` holds them
 * @throws Error with npm's output where they cannot be installed
 */
export function installPeers(name: string, specifiers: readonly string[]): string {
  const folder = resolve(import.meta.dirname, "../.peers", name);
  const done = join(folder, "installed.json");
  if (existsSync(done)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "peers", private: true }));
  // The repository's own setting is engine-strict; some peers name engines newer than the oldest Node that we support.
  const options = ["--engine-strict=false", "--ignore-scripts", "--no-audit", "--no-fund", "--no-workspaces"];
  const { status, stdout, stderr } = spawnSync("npm", ["install", ...options, ...specifiers], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32", // npm is a batch file there
  });
  if (status !== 0) {
    throw new Error(`${specifiers.join(", ")} could not be installed into ${folder}:\n${stdout}${stderr}`);
  }
  writeFileSync(done, JSON.stringify(specifiers));
  return folder;
}
