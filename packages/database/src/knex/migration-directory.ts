import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { VersioningError } from "@mojaloop-versioning/protocol";
import type { Knex } from "knex";

/** One file of a knex directory. */
export interface MigrationFile {
  /** File name with its ending: what knex writes into its table. */
  readonly name: string;
  readonly path: string;
  /** SHA-256 of its text. */
  readonly digest: string;
}

// What knex loads by default.
const ENDINGS = new Set([".js", ".cjs", ".mjs"]);

/**
 * The migrations of a knex directory, in the order in which knex runs them.
 * @throws VersioningError `unreadable-input` when there is no such directory, or no migration in it
 */
export function readMigrationDirectory(directory: string): MigrationFile[] {
  const folder = resolve(directory);
  if (!existsSync(folder)) throw new VersioningError("unreadable-input", `${directory}: no such directory`);
  const files = readdirSync(folder)
    .filter((name) => ENDINGS.has(extname(name)))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return { name, path, digest: createHash("sha256").update(readFileSync(path)).digest("hex") };
    });
  if (files.length === 0)
    throw new VersioningError("unreadable-input", `${directory}: contains no migration (.js, .cjs, .mjs)`);
  return files;
}

/** What a migration does upwards. */
export type Up = (knex: Knex) => unknown;

/**
 * Loads a migration, CommonJS or ESM.
 * @throws VersioningError `unreadable-input` when it cannot be loaded or has no `up`
 */
export async function loadUp({ name, path }: MigrationFile): Promise<Up> {
  const loaded = await load(path).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new VersioningError("unreadable-input", `${name}: cannot be loaded: ${reason}`, { cause });
  });
  const up = upOf(loaded) ?? (isObject(loaded) && upOf(loaded["default"]));
  if (!up) throw new VersioningError("unreadable-input", `${name}: exports no function up`);
  return up;
}

async function load(path: string): Promise<unknown> {
  try {
    return createRequire(path)(path) as unknown;
  } catch (error) {
    const isEsm = error instanceof Error && "code" in error && error.code === "ERR_REQUIRE_ESM";
    if (!isEsm && extname(path) !== ".mjs") throw error;
    return (await import(pathToFileURL(path).href)) as unknown;
  }
}

function upOf(loaded: unknown): Up | undefined {
  return isObject(loaded) && typeof loaded["up"] === "function" ? (loaded["up"] as Up) : undefined; // a migration's own function
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
