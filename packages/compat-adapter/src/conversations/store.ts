import type { Version } from "@mojaloop-versioning/protocol";
import {
  answerVersionOf,
  COUNTED_DAYS,
  COUNTED_HOURS,
  dayOf,
  hourOf,
  type CountedUses,
  type UsedVersions,
} from "./version-use.ts";

/** Where an adapter keeps data between messages. Several adapters may share one store. */
export interface AdapterStore {
  /** The name of the store in health reports and errors; "store" if absent. */
  readonly name?: string;
  /** Keeps a text for `ttlMs` milliseconds. */
  remember(key: string, value: string, ttlMs: number): void | Promise<void>;
  recall(key: string): string | undefined | Promise<string | undefined>;
  /** Counts a message of a participant. */
  recordUse(use: UsedVersions): void | Promise<void>;
  /** The version that a participant is answered in, after its last message of a resource. */
  lastVersion(participant: string, resource: string): Version | undefined | Promise<Version | undefined>;
  countedUses(): CountedUses | Promise<CountedUses>;
  /** Rejects or throws if the store cannot be used. */
  check(): void | Promise<void>;
  close(): void | Promise<void>;
}

/** Options of {@link createMemoryStore}. */
export interface MemoryStoreOptions {
  /** Highest number of conversations; the oldest are removed first. 500,000 by default. */
  readonly maxConversations?: number;
  readonly now?: () => number;
}

// The counts of one pair of versions.
interface Counts extends Omit<UsedVersions, "at"> {
  lastSeen: number;
  messages: number;
  readonly perHour: Map<number, number>;
  readonly perDay: Map<number, number>;
}

/** A store in the memory of one process. */
export function createMemoryStore({
  maxConversations = 500_000,
  now = Date.now,
}: MemoryStoreOptions = {}): AdapterStore {
  const conversations = new Map<string, { value: string; until: number }>();
  const counted = new Map<string, Counts>();
  const latest = new Map<string, Version>();
  let since = now();

  // Each new entry removes up to two old ones, so that the map has at most twice as many entries as are valid.
  function removeExpired(): void {
    let removed = 0;
    for (const [key, { until }] of conversations) {
      if (until > now() && conversations.size <= maxConversations) break;
      conversations.delete(key);
      if (++removed === 2) break;
    }
  }

  return {
    name: "memory",
    remember(key, value, ttlMs) {
      conversations.delete(key);
      conversations.set(key, { value, until: now() + ttlMs });
      removeExpired();
    },
    recall(key) {
      const found = conversations.get(key);
      return found && found.until > now() ? found.value : undefined;
    },
    recordUse({ participant, resource, content, accept, at }) {
      const key = JSON.stringify([participant, resource, content, accept]);
      const pair = { participant, resource, content, accept };
      const counts = counted.get(key) ?? {
        ...pair,
        lastSeen: at,
        messages: 0,
        perHour: new Map<number, number>(),
        perDay: new Map<number, number>(),
      };
      counts.lastSeen = Math.max(counts.lastSeen, at);
      counts.messages += 1;
      increment(counts.perHour, hourOf(at), COUNTED_HOURS);
      increment(counts.perDay, dayOf(at), COUNTED_DAYS);
      counted.set(key, counts);
      latest.set(JSON.stringify([participant, resource]), answerVersionOf(pair));
      since = Math.min(since, at);
    },
    lastVersion: (participant, resource) => latest.get(JSON.stringify([participant, resource])),
    countedUses() {
      const firstHour = hourOf(now()) - COUNTED_HOURS + 1;
      const firstDay = dayOf(now()) - COUNTED_DAYS + 1;
      const uses = Array.from(counted.values(), ({ perHour, perDay, ...use }) => ({
        ...use,
        hours: Array.from({ length: COUNTED_HOURS }, (_, i) => perHour.get(firstHour + i) ?? 0),
        days: Array.from({ length: COUNTED_DAYS }, (_, i) => perDay.get(firstDay + i) ?? 0),
      }));
      return { since, uses };
    },
    check: () => undefined,
    close() {
      conversations.clear();
      counted.clear();
    },
  };
}

function increment(counts: Map<number, number>, period: number, kept: number): void {
  counts.set(period, (counts.get(period) ?? 0) + 1);
  for (const old of counts.keys()) if (old <= period - kept) counts.delete(old);
}
