import type { EventEmitter } from "node:events";

/**
 * Removes all listeners of an event and returns a function that calls them.
 * Listeners that are added later are not among them.
 */
export function takeListeners(emitter: EventEmitter, event: string): (...args: readonly unknown[]) => void {
  const listeners = emitter.rawListeners(event);
  emitter.removeAllListeners(event);
  return (...args) => {
    for (const listener of listeners) Reflect.apply(listener, emitter, args);
  };
}
