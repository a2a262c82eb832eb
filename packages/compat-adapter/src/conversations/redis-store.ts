import { isVersion } from "@mojaloop-versioning/protocol";
import { Redis } from "ioredis";
import type { AdapterStore } from "./store.ts";
import {
  answerVersionOf,
  COUNTED_DAYS,
  COUNTED_HOURS,
  dayOf,
  hourOf,
  type VersionUse,
} from "./version-use.ts";

/** Options of {@link createRedisStore}. */
export interface RedisStoreOptions {
  /** `redis://…` or `rediss://…` */
  readonly url: string;
  /** Prefix of every key; "mojaver:" by default. Adapters with the same prefix share their data. */
  readonly prefix?: string;
  /** Called when the connection fails; it is opened again automatically. */
  readonly onError?: (error: Error) => void;
  readonly now?: () => number;
}

// How long a command may take, in milliseconds: a message must not wait for a store that does not answer.
const COMMAND_TIMEOUT_MS = 1_000;

/** A store in Redis, for several adapters. Commands fail after a second while Redis does not answer. */
export function createRedisStore({
  url,
  prefix = "mojaver:",
  onError = () => undefined,
  now = Date.now,
}: RedisStoreOptions): AdapterStore {
  const redis = new Redis(url, {
    keyPrefix: prefix,
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
  });
  redis.on("error", onError);

  return {
    name: "Redis",
    async remember(key, value, ttlMs) {
      await redis.set(`c:${key}`, value, "PX", Math.max(1, Math.ceil(ttlMs)));
    },
    async recall(key) {
      return (await redis.get(`c:${key}`)) ?? undefined;
    },
    async recordUse({ participant, resource, content, accept, at }) {
      const field = JSON.stringify([participant, resource, content, accept]);
      const hour = `hour:${hourOf(at)}`;
      const day = `day:${dayOf(at)}`;
      const results = await redis
        .multi()
        .set("since", at, "NX")
        .hset("spoken", JSON.stringify([participant, resource]), answerVersionOf({ content, accept }))
        .hset("seen", field, at)
        .hincrby("messages", field, 1)
        .hincrby(hour, field, 1)
        .expire(hour, (COUNTED_HOURS + 1) * 3_600)
        .hincrby(day, field, 1)
        .expire(day, (COUNTED_DAYS + 1) * 86_400)
        .exec();
      const failed = results?.find(([error]) => error)?.[0];
      if (failed) throw failed;
    },
    async lastVersion(participant, resource) {
      const version = await redis.hget("spoken", JSON.stringify([participant, resource]));
      return version !== null && isVersion(version) ? version : undefined;
    },
    async countedUses() {
      const hours = keysOf("hour", hourOf(now()), COUNTED_HOURS);
      const days = keysOf("day", dayOf(now()), COUNTED_DAYS);
      const [since, seen, messages, ...counts] = await Promise.all([
        redis.get("since"),
        ...["seen", "messages", ...hours, ...days].map((key) => redis.hgetall(key)),
      ]);
      const inPeriod = (field: string) => (count: Record<string, string>) => Number(count[field] ?? 0);
      const uses = Object.entries(seen ?? {}).flatMap(([field, lastSeen]): VersionUse[] => {
        const pair = readField(field);
        if (!pair) return [];
        return [
          {
            ...pair,
            lastSeen: Number(lastSeen),
            messages: Number(messages?.[field] ?? 0),
            hours: counts.slice(0, COUNTED_HOURS).map(inPeriod(field)),
            days: counts.slice(COUNTED_HOURS).map(inPeriod(field)),
          },
        ];
      });
      return { since: since === null ? now() : Number(since), uses };
    },
    async check() {
      await redis.ping();
    },
    async close() {
      if (redis.status === "ready") await redis.quit().catch(() => redis.disconnect());
      else redis.disconnect();
    },
  };
}

function keysOf(kind: string, last: number, length: number): string[] {
  return Array.from({ length }, (_, i) => `${kind}:${last - length + 1 + i}`);
}

// Adapters of several versions may share a Redis, so every field is checked.
function readField(
  field: string,
): Pick<VersionUse, "participant" | "resource" | "content" | "accept"> | undefined {
  const [participant, resource, content, accept = null]: unknown[] = JSON.parse(field) as unknown[]; // written above as a list
  if (typeof participant !== "string" || typeof resource !== "string") return undefined;
  if (typeof content !== "string" || !isVersion(content)) return undefined;
  if (accept !== null && (typeof accept !== "string" || !isVersion(accept))) return undefined;
  return { participant, resource, content, accept };
}
