import { afterAll, beforeAll } from "vitest";
import { program } from "../../../../tools/test-run/requirements.ts";
import {
  createMemoryStore,
  createRedisStore,
  type AdapterStore,
  type CompatAdapterOptions,
} from "../../src/index.ts";
import { startRedis, type RedisServer } from "./redis-server.ts";
import { startWire, type Wire } from "./wire.ts";

let redis: RedisServer | undefined;
beforeAll(async () => {
  if (program("redis-server").found) redis = await startRedis();
});
afterAll(() => redis?.kill());

let runs = 0;
/** A pair of stores for two adapters that share what they know. */
export const SHARED_STORES: [name: string, programs: string[], create: () => [AdapterStore, AdapterStore]][] =
  [
    [
      "one memory",
      [],
      () => {
        const store = createMemoryStore();
        return [store, store];
      },
    ],
    [
      "one Redis",
      ["redis-server"],
      () => {
        const options = { url: redis?.url ?? "", prefix: `kept:${runs++}:` };
        return [createRedisStore(options), createRedisStore(options)];
      },
    ],
  ];

/** Two adapters before the same hub and DFSPs. */
export async function startTwo(
  [first, second]: readonly [AdapterStore, AdapterStore],
  options: Partial<CompatAdapterOptions>,
): Promise<{ one: Wire; other: Wire; close: () => Promise<void> }> {
  const one = await startWire({ ...options, store: first });
  const { hub, participants } = one.options;
  const other = await startWire({ ...options, hub, participants, store: second });
  return {
    one,
    other,
    async close() {
      await Promise.all([one.close(), other.close()]);
    },
  };
}
