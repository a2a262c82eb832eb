import type { AdapterStore } from "./store.ts";

/** Thrown by a {@link guardStore guarded store} that cannot be used; the cause is the error of the store itself. */
export class StoreFailure extends Error {
  readonly store: string;
  constructor(store: string, cause: unknown) {
    super(`The store (${store}) cannot be used`, { cause });
    this.name = "StoreFailure";
    this.store = store;
  }
}

/** The same store, whose every failure is a {@link StoreFailure}. */
export function guardStore(store: AdapterStore): Required<AdapterStore> {
  const name = store.name ?? "store";
  async function guard<T>(use: () => T | Promise<T>): Promise<T> {
    try {
      return await use();
    } catch (error) {
      throw new StoreFailure(name, error);
    }
  }
  return {
    name,
    remember: (key, value, ttlMs) => guard(() => store.remember(key, value, ttlMs)),
    recall: (key) => guard(() => store.recall(key)),
    recordUse: (use) => guard(() => store.recordUse(use)),
    lastVersion: (participant, resource) => guard(() => store.lastVersion(participant, resource)),
    countedUses: () => guard(() => store.countedUses()),
    check: () => guard(() => store.check()),
    close: () => guard(() => store.close()),
  };
}
