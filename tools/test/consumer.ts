import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesBelow, PACKAGES, type WorkspacePackage } from "./workspace.ts";

/** A project of somebody else, outside the repository, that has installed the packed tarballs. */
export interface Consumer {
  readonly folder: string;
  /** Package name without scope → its tarball. */
  readonly tarballs: ReadonlyMap<string, string>;
}

// What a consumer brings along: the compiler and the optional peers, with what their own declarations ask for.
const COMPILER = ["typescript@5.9.3", "typescript-7@npm:typescript@7", "@types/node@20"];
const PEERS = [
  "express@5",
  "@types/express@5",
  "fastify@5",
  "@hapi/hapi@21",
  "joi@17",
  "fast-check@4",
  "jose@6",
  "knex@3",
  "mysql2@3",
  "oauth4webapi@3",
  "prom-client@15",
  "zod@4",
];

/** Packs every package that is built and installs all of them, with npm, into an empty folder. */
export function createConsumer(): Consumer {
  const folder = mkdtempSync(join(tmpdir(), "mojaloop-versioning-consumer-"));
  const tarballs = new Map(
    PACKAGES.map((workspacePackage) => [workspacePackage.name, pack(workspacePackage, folder)]),
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
  npm(folder, "install", "--prefer-offline", ...tarballs.values(), ...COMPILER, ...PEERS);
  return { folder, tarballs };
}

/** Every specifier of code that the package's export map offers, patterns spelled out over what the build made. */
export function specifiersOf({ folder, manifest }: WorkspacePackage): string[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([subpath, target]) => {
    if (subpath.endsWith(".json")) return [];
    const specifier = join(manifest.name, subpath);
    if (!subpath.includes("*")) return [specifier];
    const [before = "", after = ""] = importTarget(target).split("*");
    return filesBelow(join(folder, "dist"), after)
      .map((file) => `.${file.slice(folder.length)}`)
      .filter((file) => file.startsWith(before))
      .map((file) => specifier.replace("*", file.slice(before.length, -after.length)));
  });
}

function importTarget(target: unknown): string {
  const { import: imported } = target as { import: { default: string } }; // the shape every export map of ours has
  return imported.default;
}

function pack({ folder, name }: WorkspacePackage, destination: string): string {
  if (!existsSync(join(folder, "dist"))) throw new Error(`${name} is not built; run npm run build first`);
  const before = new Set(readdirSync(destination));
  npm(folder, "pack", "--pack-destination", destination);
  const made = readdirSync(destination).find((file) => !before.has(file));
  if (made === undefined) throw new Error(`npm pack made nothing of ${name}`);
  return join(destination, made);
}

function npm(cwd: string, ...words: string[]): void {
  // A run under `npx -c` inherits settings that would make npm install into the wrong place.
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("npm_config_")),
  );
  execFileSync("npm", [...words, "--no-audit", "--no-fund", "--silent"], {
    cwd,
    env: environment,
    stdio: "pipe",
  });
}
