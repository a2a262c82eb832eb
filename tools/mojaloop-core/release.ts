import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { cacheFolder, firstLineOf, run } from "../services/machine.ts";

/** The releases of central-ledger on npm that this harness has run. */
export const KNOWN_RELEASES = ["17.7.2", "18.0.1", "19.0.5", "19.1.3", "19.5.5"] as const;

/** Where an installed release is. */
export function releaseFolder(version: string): string {
  return cacheFolder(`mojaloop-core-${version}`);
}

/** Whether a release is installed as a whole. */
export function hasRelease(version: string): boolean {
  return existsSync(join(releaseFolder(version), "complete"));
}

/** Loads modules as an installed release does, such as its drivers. */
export function requireFrom(version: string): NodeJS.Require {
  return createRequire(join(releaseFolder(version), "package.json"));
}

/** The command that installs a release. */
export function installReleaseCommand(version: string): string {
  return `npm run core -- install ${version}`;
}

/**
 * Installs central-ledger from npm with everything that it runs on, about 200 MB. The folder appears whole or not at all.
 * @throws Error with the output of the step that failed
 */
export function installRelease(version: string): void {
  if (hasRelease(version)) return;
  if (firstLineOf("pkg-config", "--modversion", "rdkafka") === undefined)
    throw new Error("librdkafka is missing: apt-get install -y --no-install-recommends librdkafka-dev");
  const draft = `${releaseFolder(version)}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    run("npm", ["pack", "--silent", "--pack-destination", draft, `@mojaloop/central-ledger@${version}`]);
    const [tarball = ""] = readdirSync(draft).filter((name) => name.endsWith(".tgz"));
    run("tar", ["-xzf", join(draft, tarball), "-C", draft, "--strip-components=1"]);
    rmSync(join(draft, tarball));
    dropDevelopment(join(draft, "package.json"));
    npm(draft, ["install", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts"]);
    buildDriver(draft);
    writeFileSync(join(draft, "complete"), `${version}\n`);
    if (!hasRelease(version)) renameSync(draft, releaseFolder(version));
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

// The peers of the development dependencies conflict with each other, and a running service needs none of them.
function dropDevelopment(file: string): void {
  const manifest = JSON.parse(readFileSync(file, "utf8")) as object; // a package.json is one
  writeFileSync(file, JSON.stringify({ ...manifest, devDependencies: {} }, null, 2));
}

// Against Debian's librdkafka: 15 seconds, where its own copy takes minutes to compile.
function buildDriver(folder: string): void {
  npm(folder, ["rebuild", "node-rdkafka", "--foreground-scripts"], { BUILD_LIBRDKAFKA: "0" });
  execFileSync(process.execPath, ["-e", "require('node-rdkafka')"], { cwd: folder, stdio: "pipe" });
}

function npm(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  try {
    execFileSync("npm", args, {
      cwd: folder,
      stdio: "pipe",
      encoding: "utf8",
      // The settings of this repository do not apply to the release.
      env: { ...process.env, npm_config_engine_strict: "false", ...env },
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`npm ${args.join(" ")} failed:\n${`${stdout}${stderr}`.slice(-2000)}`, { cause: error });
  }
}
