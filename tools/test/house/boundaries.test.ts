import { existsSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { filesBelow, PACKAGES, ROOT } from "../workspace.ts";

const SCOPE = "@mojaloop-versioning/";

// Data flows one way (docs/architecture.md). A package may import what its row lists, and nothing else of ours.
const MAY_IMPORT: Record<string, readonly string[]> = {
  protocol: [],
  types: [],
  graceful: [],
  negotiate: ["protocol"],
  transform: ["protocol", "types"],
  "spec-diff": ["protocol"],
  manifest: ["protocol"],
  database: ["protocol"],
  client: ["protocol", "types", "negotiate", "transform"],
  "compat-adapter": ["protocol", "types", "negotiate", "transform"],
  simulator: ["protocol", "types", "negotiate", "client"],
  cli: [
    "protocol",
    "types",
    "negotiate",
    "transform",
    "spec-diff",
    "manifest",
    "database",
    "client",
    "compat-adapter",
    "simulator",
  ],
};

function importsOf(file: string): string[] {
  return ts
    .preProcessFile(readFileSync(file, "utf8"), true, true)
    .importedFiles.map(({ fileName }) => fileName);
}

function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

// A development dependency that the build contains, because tsup.config.ts names it in noExternal.
function bundledIn(folder: string, dependencies: Record<string, string> = {}): Record<string, string> {
  const file = join(folder, "tsup.config.ts");
  const list = existsSync(file)
    ? (/noExternal: \[([^\]]*)\]/.exec(readFileSync(file, "utf8"))?.[1] ?? "")
    : ""; // types is built by its own build.ts
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => list.includes(`"${name}"`)));
}

describe.each(PACKAGES)("$name", ({ name, folder, manifest }) => {
  const allowed = MAY_IMPORT[name] ?? [];
  const declared = {
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...bundledIn(folder, manifest.devDependencies),
  };
  const sources = filesBelow(join(folder, "src"), ".ts");
  const outside = sources.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => !specifier.startsWith("."))
      .map((specifier) => ({ file: relative(ROOT, file), imported: packageOf(specifier) })),
  );

  test("has a row in the table", () => {
    expect(MAY_IMPORT).toHaveProperty([name]);
  });

  test("imports only what its row lists", () => {
    const wrong = outside.filter(
      ({ imported }) => imported.startsWith(SCOPE) && !allowed.includes(imported.slice(SCOPE.length)),
    );
    expect(wrong).toEqual([]);
    const named = Object.keys(declared).filter((dependency) => dependency.startsWith(SCOPE));
    expect(named.filter((dependency) => !allowed.includes(dependency.slice(SCOPE.length)))).toEqual([]);
  });

  test("declares what it imports, and imports what it declares", () => {
    const isBuiltin = (imported: string): boolean =>
      imported.startsWith("node:") || builtinModules.includes(imported);
    expect(outside.filter(({ imported }) => !isBuiltin(imported) && !(imported in declared))).toEqual([]);
    const used = new Set(outside.map(({ imported }) => imported));
    expect(Object.keys(declared).filter((dependency) => !used.has(dependency))).toEqual([]);
  });

  test("never reaches into a folder outside its own", () => {
    const escapes = sources.flatMap((file) =>
      importsOf(file).filter(
        (specifier) =>
          specifier.startsWith(".") && relative(folder, join(file, "..", specifier)).startsWith(".."),
      ),
    );
    expect(escapes).toEqual([]);
  });
});
