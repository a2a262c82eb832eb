import { createIdMap, type Conversion, type ConversionContext } from "@mojaloop-versioning/transform";
import type { CompatAdapterOptions } from "./options.ts";
import type { AdapterStore } from "./store.ts";

/** One message's conversion, given what the context holds. */
export type Convert = (context: ConversionContext) => Conversion | Promise<Conversion>;

/**
 * Converts with the ids and stashes that the store keeps, and puts those that this message leaves behind there for `ttlMs`. A conversion
 * asks at once while a store answers later, so it is made anew with the answers; it has no effects, and mostly there are none.
 */
export async function convertWithStore(
  convert: Convert,
  context: ConversionContext,
  { ids, stash }: Pick<CompatAdapterOptions, "ids" | "stash">,
  store: AdapterStore,
  ttlMs: number,
): Promise<Conversion> {
  const answers = new Map<string, string | undefined>();
  const asked = new Set<string>();
  const kept = new Map<string, string>();
  const older = createIdMap({ limit: 1 });

  function ask(key: string): string | undefined {
    if (!answers.has(key)) asked.add(key);
    return answers.get(key);
  }
  const idMap = {
    older(id: string): string | undefined {
      const said = older.older(id);
      if (said !== undefined) kept.set(idKey(said), id);
      return said;
    },
    newer: (id: string) => ask(idKey(id)),
  };
  const overflow = {
    get: (key: string) => ask(stashKey(key)),
    set: (key: string, text: string) => void kept.set(stashKey(key), text),
  };
  const complete: ConversionContext = {
    ...context,
    ...(ids && { ids: ids === true ? idMap : ids }),
    ...(stash !== undefined && { stash: stash && overflow }),
  };

  for (;;) {
    asked.clear();
    kept.clear();
    const said = await convert(complete);
    const found = await Promise.all(
      Array.from(asked, async (key) => {
        const value = await store.recall(key);
        answers.set(key, value);
        return value !== undefined;
      }),
    );
    if (found.includes(true)) continue;
    if (said.ok)
      await Promise.all(Array.from(kept, async ([key, value]) => store.remember(key, value, ttlMs)));
    return said;
  }
}

// Conversations are kept under an FSP id and a path, so no key of theirs is like these.
function idKey(older: string): string {
  return `id ${older}`;
}

function stashKey(key: string): string {
  return `stash ${key}`;
}
