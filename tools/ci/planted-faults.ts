import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { NX } from "../nx.ts";
import { createCopy } from "./copy.ts";

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
  createCopy(root, copy);
  checkGate();
  checkGenerate();
} finally {
  rmSync(copy, { recursive: true, force: true });
}
if (failures.length > 0) {
  console.error(failures.join("\n\n"));
  process.exitCode = 1;
}
