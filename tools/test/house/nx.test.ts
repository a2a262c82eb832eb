import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { PACKAGES, ROOT } from "../workspace.ts";

interface Target {
  readonly outputs?: readonly string[];
  readonly cache?: boolean;
}

interface Project {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly nx?: { readonly targets?: Readonly<Record<string, Target>> };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

// The shapes of our own files, as far as they are read here.
const { targetDefaults } = read(join(ROOT, "nx.json")) as { targetDefaults: Record<string, Target> };

// https://nx.dev/docs/reference/project-configuration#outputs: a target without outputs owns `dist`, `build` and `public`; and when a
// result comes from the cache, nx deletes what the target owns and writes the cached copy in its place.
test("every default of a cached target names its outputs", () => {
  const cached = Object.entries(targetDefaults).filter(([, { cache }]) => cache === true);
  expect(cached.filter(([, { outputs }]) => outputs === undefined).map(([name]) => name)).toEqual([]);
});

test("what `generate` writes is declared by the package that generates, never by default", () => {
  expect(targetDefaults["generate"]?.outputs).toEqual([]);
});

describe.each(PACKAGES)("$name", ({ folder }) => {
  const project = read(join(folder, "package.json")) as Project;
  const outputs = project.nx?.targets?.["generate"]?.outputs ?? [];

  test("declares what it generates", () => {
    expect(outputs.length > 0).toBe(project.scripts?.["generate"] !== undefined);
  });

  test("generates into folders that hold no committed file", () => {
    // A single file may be committed, such as RULES.md: it is generated whole.
    const folders = outputs
      .filter((output) => extname(output) === "")
      .map((output) => output.replace("{projectRoot}", relative(ROOT, folder)));
    const tracked = execFileSync("git", ["ls-files", "--", ...folders], { cwd: ROOT, encoding: "utf8" });
    expect(folders.length === 0 ? "" : tracked).toBe("");
  });
});

// Gates read the sources of every package: without the dependency nx would answer them from its cache after a change.
test("tools depends on every package", () => {
  const { devDependencies = {} } = read(join(ROOT, "tools/package.json")) as Project;
  expect(
    PACKAGES.filter(({ manifest }) => !(manifest.name in devDependencies)).map(({ name }) => name),
  ).toEqual([]);
});
