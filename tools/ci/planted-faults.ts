import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { NX } from "../nx.ts";

// Proves in a copy of the repository that our gates see a fault although nx has a cache: a forbidden import in one package after the
// other must turn the boundaries test red, and the repaired copy must be answered from the cache. Then that a package that gets a
// `generate` script keeps its hand-written sources when the result comes from the cache. Prints a line a check, exits with 1 at a fault.
const root = resolve(import.meta.dirname, "../..");
const copy = mkdtempSync(join(tmpdir(), "planted-faults-"));
const failures: string[] = [];

function check(name: string, holds: boolean, output: string): void {
  console.log(`${holds ? "ok" : "FAILED"}: ${name}`);
  if (!holds) failures.push(`${name}\n${output}`);
}

/** Copies what git knows, and gives the copy a node_modules whose packages of ours are its own. */
function createCopy(): void {
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  for (const file of files.toString().split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  for (const name of readdirSync(join(root, "packages"))) {
    for (const output of outputsOf(join(root, "packages", name, "package.json"))) {
      const generated = output.replace("{projectRoot}", `packages/${name}`);
      cpSync(join(root, generated), join(copy, generated), { recursive: true });
    }
  }
  execFileSync("git", ["init", "--quiet"], { cwd: copy });
  const folders = [
    "node_modules",
    ...readdirSync(join(root, "packages")).map((name) => `packages/${name}/node_modules`),
  ];
  for (const folder of folders) linkModules(join(root, folder), join(copy, folder));
}

/** The generated folders of a package: not in git, and read by the boundaries test. */
function outputsOf(manifest: string): readonly string[] {
  const { nx: settings } = JSON.parse(readFileSync(manifest, "utf8")) as {
    nx?: { targets?: { generate?: { outputs?: readonly string[] } } };
  }; // our own file
  return settings?.targets?.generate?.outputs ?? [];
}

function linkModules(from: string, to: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(from);
  } catch {
    return; // no modules of its own
  }
  mkdirSync(to, { recursive: true });
  for (const name of names) {
    // Links between our packages are relative, and lead into the copy when they are copied as links.
    if (name === "@mojaloop-versioning")
      cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(join(from, name), join(to, name), "junction");
  }
}

/** Runs nx in the copy, as it runs outside of another nx. */
function nx(...words: string[]): { readonly ok: boolean; readonly output: string } {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("NX_") && !name.startsWith("npm_"),
  );
  const env = { ...Object.fromEntries(kept), NX_TUI: "false", NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [NX, ...words], {
    cwd: copy,
    env,
    encoding: "utf8",
  });
  return { ok: status === 0, output: stdout + stderr };
}

const gate = (): ReturnType<typeof nx> =>
  nx("run", "@mojaloop-versioning/tools:test:house", "boundaries", "--exclude-task-dependencies");
const CACHED = /existing outputs match the cache|local cache|read the output from the cache/i;

function checkGate(): void {
  const warm = gate();
  check("the boundaries test passes before a fault is planted", warm.ok, warm.output);
  // Imports that the table of tools/test/house/boundaries.test.ts forbids.
  const faults = { client: "simulator", cli: "tools", manifest: "simulator" };
  for (const [name, imported] of Object.entries(faults)) {
    const file = join(copy, "packages", name, "src/index.ts");
    const source = readFileSync(file, "utf8");
    appendFileSync(file, `\nimport "@mojaloop-versioning/${imported}";\n`);
    const { ok, output } = gate();
    check(`an import of ${imported} in ${name} turns it red`, !ok && output.includes(imported), output);
    writeFileSync(file, source);
  }
  const again = gate();
  check(
    "without the fault it passes again, from the cache",
    again.ok && CACHED.test(again.output),
    again.output,
  );
}

function checkGenerate(): void {
  const folder = join(copy, "packages/protocol");
  const manifest = join(folder, "package.json");
  const parsed = JSON.parse(readFileSync(manifest, "utf8")) as { scripts: Record<string, string> }; // our own file
  writeFileSync(
    manifest,
    JSON.stringify({ ...parsed, scripts: { ...parsed.scripts, generate: "node --version" } }),
  );
  const generate = (): ReturnType<typeof nx> =>
    nx("run", "@mojaloop-versioning/protocol:generate", "--exclude-task-dependencies");
  const first = generate();
  check("a package that gets a `generate` script generates", first.ok, first.output);
  // Neither file is an input of the target as nx.json declares it for a package that declares nothing.
  const added = join(folder, "src/added.ts");
  writeFileSync(added, "export const added = 1;\n");
  rmSync(join(folder, "dist"), { recursive: true, force: true });
  const second = generate();
  const kept = readdirSync(join(folder, "src")).includes("added.ts");
  check("and keeps a file that was added by hand", second.ok && kept, second.output);
}

try {
  createCopy();
  checkGate();
  checkGenerate();
} finally {
  rmSync(copy, { recursive: true, force: true });
}
if (failures.length > 0) {
  console.error(failures.join("\n\n"));
  process.exitCode = 1;
}
