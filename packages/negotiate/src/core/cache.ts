/** Most headers remembered of one resource. */
const CAPACITY = 256;
/** Longest header remembered, in characters. */
const MAX_LENGTH = 512;
/** Past a quarter of the capacity, one unknown header in this many is remembered: a header in use is sent again, one of a flood is not. */
const SAMPLING = 8;

interface Entry<V> {
  readonly value: V;
  /** Asked for again since the last sweep. */
  used: boolean;
}

/**
 * Remembers the result of `compute` for short texts. A full cache takes no new entry, and a sweep now and then removes only entries
 * that were not used again: a flood of headers that are each sent once cannot push out one in use.
 */
export function createCache<V>(compute: (text: string) => V): (text: string) => V {
  let entries = new Map<string, Entry<V>>();
  let misses = 0;

  function admit(text: string, value: V): void {
    misses++;
    if (entries.size < CAPACITY / 4) entries.set(text, { value, used: false });
    else if (misses % SAMPLING !== 0) return;
    else if (entries.size < CAPACITY) entries.set(text, { value, used: false });
    else if (misses % (SAMPLING * CAPACITY) === 0) sweep();
  }

  function sweep(): void {
    const kept = new Map<string, Entry<V>>();
    for (const [text, entry] of entries) if (entry.used) kept.set(text, { value: entry.value, used: false });
    entries = kept;
  }

  return (text) => {
    const entry = entries.get(text);
    if (entry) {
      entry.used = true;
      return entry.value;
    }
    const value = compute(text);
    if (text.length <= MAX_LENGTH) admit(text, value);
    return value;
  };
}
