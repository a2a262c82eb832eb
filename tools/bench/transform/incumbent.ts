import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const PEERS = resolve(import.meta.dirname, "../.peers/transform");
const NAME = "@mojaloop/ml-schema-transformer-lib";
const VERSION = "2.10.0";
const ENTRY = join(PEERS, "node_modules", NAME, "dist/index.js");

/** What the incumbent exports, as far as the bench needs it. */
interface Facades {
  readonly TransformFacades: {
    readonly FSPIOP: { readonly quotes: { readonly post: (source: { body: unknown }) => Promise<unknown> } };
  };
}

/**
 * The incumbent's mapping of POST /quotes, installed on demand beside the bench: its tree of packages is too heavy to be a
 * dependency. Undefined where it cannot be had.
 */
export async function incumbentQuotes(): Promise<((body: unknown) => Promise<unknown>) | undefined> {
  try {
    if (!existsSync(ENTRY)) install();
    // Its exports are untyped from here; a wrong shape lands in the catch below.
    const { TransformFacades } = (await import(pathToFileURL(ENTRY).href)) as Facades;
    return (body) => TransformFacades.FSPIOP.quotes.post({ body });
  } catch {
    return undefined;
  }
}

/** Milliseconds that a fresh Node takes to load the incumbent. */
export const INCUMBENT_ENTRY: string = ENTRY;

function install(): void {
  mkdirSync(PEERS, { recursive: true });
  writeFileSync(join(PEERS, "package.json"), JSON.stringify({ private: true }));
  const options = ["--no-audit", "--no-fund", "--no-progress", "--ignore-scripts", "--no-workspaces"];
  execFileSync("npm", ["install", ...options, `${NAME}@${VERSION}`], {
    cwd: PEERS,
    timeout: 300_000,
    stdio: "ignore",
  });
}
