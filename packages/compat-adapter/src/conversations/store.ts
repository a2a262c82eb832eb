import type { Version } from "@mojaloop-versioning/protocol";

/** What a participant was heard speaking. */
export interface Sighting {
  readonly participant: string;
  readonly resource: string;
  readonly version: Version;
  /** Milliseconds since 1970 of the last message. */
  readonly lastSeen: number;
  readonly messages: number;
  /** Messages in each of the last 24 hours, this one last. */
  readonly hours: readonly number[];
}

/** Hours that a {@link Sighting} tells of. */
export const TREND_HOURS = 24;

/** The hour of a time, counted from 1970. */
export function hourOf(at: number): number {
  return Math.floor(at / 3_600_000);
}

/** Where an adapter keeps what outlives a message. Several adapters may share one. */
export interface AdapterStore {
  /** Keeps a text for `ttlMs` milliseconds. */
  remember(key: string, value: string, ttlMs: number): void | Promise<void>;
  recall(key: string): string | undefined | Promise<string | undefined>;
  /** Notes that a participant spoke a version of a resource at a time. */
  see(participant: string, resource: string, version: Version, at: number): void | Promise<void>;
  /** The version that a participant was last heard speaking of a resource. */
  spoken(participant: string, resource: string): Version | undefined | Promise<Version | undefined>;
  sightings(): readonly Sighting[] | Promise<readonly Sighting[]>;
  close(): void | Promise<void>;
}

/** Options of {@link createMemoryStore}. */
export interface MemoryStoreOptions {
  /** Conversations kept at most; the oldest go first. 500,000 by default. */
  readonly maxConversations?: number;
  readonly now?: () => number;
}

interface Seen {
  readonly participant: string;
  readonly resource: string;
  readonly version: Version;
  lastSeen: number;
  messages: number;
  readonly perHour: Map<number, number>;
}

/** A store in the memory of one process. */
export function createMemoryStore({
  maxConversations = 500_000,
  now = Date.now,
}: MemoryStoreOptions = {}): AdapterStore {
  const conversations = new Map<string, { value: string; until: number }>();
  const seen = new Map<string, Seen>();
  const latest = new Map<string, Version>();

  // Two of the oldest are looked at for each one that comes, so that the map never holds more than twice what is alive.
  function sweep(): void {
    let looked = 0;
    for (const [key, { until }] of conversations) {
      if (until > now() && conversations.size <= maxConversations) break;
      conversations.delete(key);
      if (++looked === 2) break;
    }
  }

  return {
    remember(key, value, ttlMs) {
      conversations.delete(key);
      conversations.set(key, { value, until: now() + ttlMs });
      sweep();
    },
    recall(key) {
      const found = conversations.get(key);
      return found && found.until > now() ? found.value : undefined;
    },
    see(participant, resource, version, at) {
      const key = JSON.stringify([participant, resource, version]);
      const known = seen.get(key) ?? {
        participant,
        resource,
        version,
        lastSeen: at,
        messages: 0,
        perHour: new Map<number, number>(),
      };
      const hour = hourOf(at);
      known.lastSeen = at;
      known.messages += 1;
      known.perHour.set(hour, (known.perHour.get(hour) ?? 0) + 1);
      for (const old of known.perHour.keys()) if (old <= hour - TREND_HOURS) known.perHour.delete(old);
      seen.set(key, known);
      latest.set(JSON.stringify([participant, resource]), version);
    },
    spoken: (participant, resource) => latest.get(JSON.stringify([participant, resource])),
    sightings() {
      const first = hourOf(now()) - TREND_HOURS + 1;
      return Array.from(seen.values(), ({ perHour, ...sighting }) => ({
        ...sighting,
        hours: Array.from({ length: TREND_HOURS }, (_, i) => perHour.get(first + i) ?? 0),
      }));
    },
    close() {
      conversations.clear();
      seen.clear();
    },
  };
}
