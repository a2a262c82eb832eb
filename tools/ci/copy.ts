import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Copies what git knows and what was generated, and gives the copy a node_modules whose packages of ours are its own.
 * The copy is a new git repository without a commit.
 */
export function createCopy(root: string, copy: string): void {
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

// The generated folders of a package: not in git, and read by tests.
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
