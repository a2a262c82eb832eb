import {
  createIdMap,
  type Conversion,
  type ConversionContext,
  type IdMap,
} from "@mojaloop-versioning/transform";
import type { AdapterStore } from "./store.ts";

/** Converts one message with what the context contains. */
export type Convert = (context: ConversionContext) => Conversion | Promise<Conversion>;

/** Which values of a conversion go to the store. */
export interface StoredValues {
  /** `true`: ids get an older form that the store maps back; an `IdMap` is used as it is. */
  readonly ids: IdMap | boolean | undefined;
  /** `true`: stashes without room in the message go to the store; `false`: no stashes; absent: as each change declares. */
  readonly stash: boolean | undefined;
  readonly ttlMs: number;
  /** Applied to each text before it is kept. */
  readonly restore: (text: string) => string;
}

/**
 * Converts with the ids and stashes that the store has, and keeps new ones there for `ttlMs`. A conversion needs values at once, while a
 * store answers later: so the conversion, which has no effects, is repeated with the answers. Usually there are none.
 */
export async function convertWithStore(
  convert: Convert,
  context: ConversionContext,
  store: AdapterStore,
  { ids, stash, ttlMs, restore }: StoredValues,
): Promise<Conversion> {
  const known = new Map<string, string | undefined>();
  const asked = new Set<string>();
  const kept = new Map<string, string>();
  const uuids = createIdMap({ limit: 1 });

  function ask(key: string): string | undefined {
    if (!known.has(key)) asked.add(key);
    return known.get(key);
  }
  const idMap: IdMap = {
    older(id) {
      const older = uuids.older(id);
      if (older !== undefined) kept.set(idKey(older), id);
      return older;
    },
    newer: (id) => ask(idKey(id)),
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
    const conversion = await convert(complete);
    const found = await Promise.all(
      Array.from(asked, async (key) => {
        const value = await store.recall(key);
        known.set(key, value);
        return value !== undefined;
      }),
    );
    if (found.includes(true)) continue;
    if (conversion.ok)
      await Promise.all(Array.from(kept, async ([key, value]) => store.remember(key, restore(value), ttlMs)));
    return conversion;
  }
}

// The version of a conversation is kept under an FSP id, a blank and a path with a slash; these have none.
function idKey(older: string): string {
  return `id ${older}`;
}

function stashKey(key: string): string {
  return `stash ${key}`;
}
