import { spawnSync } from "node:child_process";

/** What `npm publish` would send. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** Paths inside the package. */
  readonly files: readonly string[];
  readonly unpackedBytes: number;
}

/**
 * Runs `npm publish --dry-run` in the folder of a package. Nothing is sent.
 * @throws Error with npm's output if it fails
 */
export function dryRun(folder: string): PublishedPackage {
  // A run under `npx -c` or `npm run` inherits settings of another folder.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
  const { status, stdout, stderr } = spawnSync("npm", ["publish", "--dry-run", "--json"], {
    cwd: folder,
    encoding: "utf8",
    env,
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm publish --dry-run failed in ${folder}:\n${stderr}${stdout}`);
  // npm 11 prints the package by its name, npm 10 the package itself.
  const report = JSON.parse(stdout.slice(stdout.indexOf("{"))) as object;
  const [packed] = ("files" in report ? [report] : Object.values(report)) as (Packed | undefined)[];
  if (!packed) throw new Error(`npm publish --dry-run printed no report in ${folder}`);
  const { name, version, files, unpackedSize } = packed;
  return { name, version, files: files.map(({ path }) => path), unpackedBytes: unpackedSize };
}

// The members of npm's report that are read.
interface Packed {
  readonly name: string;
  readonly version: string;
  readonly files: readonly { readonly path: string }[];
  readonly unpackedSize: number;
}
