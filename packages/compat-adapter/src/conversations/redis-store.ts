import { isVersion } from "@mojaloop-versioning/protocol";
import { Redis } from "ioredis";
import { hourOf, TREND_HOURS, type AdapterStore, type Sighting } from "./store.ts";

/** Options of {@link createRedisStore}. */
export interface RedisStoreOptions {
  /** `redis://…` or `rediss://…` */
  readonly url: string;
  /** Stands before every key; "mojaver:" by default. Adapters with the same prefix share what they know. */
  readonly prefix?: string;
  /** Told when the connection fails; it is made again by itself. */
  readonly onError?: (error: Error) => void;
  readonly now?: () => number;
}

/** How long a command may take before its message is refused, in milliseconds: a message must not wait for a store that is away. */
const PATIENCE = 1_000;

/** A store in Redis, for several adapters. What it is asked while Redis is away fails soon. */
export function createRedisStore({
  url,
  prefix = "mojaver:",
  onError = () => undefined,
  now = Date.now,
}: RedisStoreOptions): AdapterStore {
  const redis = new Redis(url, {
    keyPrefix: prefix,
    commandTimeout: PATIENCE,
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
  });
  redis.on("error", onError);

  return {
    async remember(key, value, ttlMs) {
      await redis.set(`c:${key}`, value, "PX", Math.max(1, Math.ceil(ttlMs)));
    },
    async recall(key) {
      return (await redis.get(`c:${key}`)) ?? undefined;
    },
    async see(participant, resource, version, at) {
      const field = JSON.stringify([participant, resource, version]);
      const hour = `hour:${hourOf(at)}`;
      const results = await redis
        .multi()
        .hset("spoken", JSON.stringify([participant, resource]), version)
        .hset("seen", field, at)
        .hincrby("messages", field, 1)
        .hincrby(hour, field, 1)
        .expire(hour, (TREND_HOURS + 1) * 3_600)
        .exec();
      const failed = results?.find(([error]) => error)?.[0];
      if (failed) throw failed;
    },
    async spoken(participant, resource) {
      const version = await redis.hget("spoken", JSON.stringify([participant, resource]));
      return version !== null && isVersion(version) ? version : undefined;
    },
    async sightings() {
      const first = hourOf(now()) - TREND_HOURS + 1;
      const hours = Array.from({ length: TREND_HOURS }, (_, i) => `hour:${first + i}`);
      const [seen, messages, ...perHour] = await Promise.all(
        ["seen", "messages", ...hours].map((key) => redis.hgetall(key)),
      );
      return Object.entries(seen ?? {}).flatMap(([field, lastSeen]): Sighting[] => {
        const key = readField(field);
        if (!key) return [];
        return [
          {
            ...key,
            lastSeen: Number(lastSeen),
            messages: Number(messages?.[field] ?? 0),
            hours: perHour.map((counts) => Number(counts[field] ?? 0)),
          },
        ];
      });
    },
    async close() {
      // Without a connection there is nobody to say goodbye to.
      if (redis.status === "ready") await redis.quit().catch(() => redis.disconnect());
      else redis.disconnect();
    },
  };
}

// Several versions of this adapter may share a Redis, so what is read is looked at.
function readField(field: string): Pick<Sighting, "participant" | "resource" | "version"> | undefined {
  const [participant, resource, version]: unknown[] = JSON.parse(field) as unknown[]; // written by us as a list
  if (typeof participant !== "string" || typeof resource !== "string") return undefined;
  if (typeof version !== "string" || !isVersion(version)) return undefined;
  return { participant, resource, version };
}
