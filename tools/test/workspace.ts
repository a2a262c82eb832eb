import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const ROOT: string = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** What the tests of the house read of a package. */
export interface WorkspacePackage {
  /** Name without the scope. */
  readonly name: string;
  readonly folder: string;
  readonly manifest: PackageManifest;
}

export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** The published packages, by name. */
export const PACKAGES: readonly WorkspacePackage[] = readdirSync(join(ROOT, "packages"))
  .map((name) => ({ name, folder: join(ROOT, "packages", name) }))
  .filter(({ folder }) => existsSync(join(folder, "package.json")))
  .map(({ name, folder }) => ({
    name,
    folder,
    manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageManifest, // our own files, kept by npm
  }));

/** Every file below a folder with one of the endings, as absolute paths. */
export function filesBelow(folder: string, ...endings: string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes("node_modules"));
}
