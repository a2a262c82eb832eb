import type { Version } from "@mojaloop-versioning/protocol";
import type { Clock } from "../options.ts";

/** The versions that were agreed on after a 406, by destination and resource. */
export interface RememberedVersions {
  readonly find: (destination: string | undefined, resource: string) => Version | undefined;
  readonly keep: (destination: string | undefined, resource: string, version: Version) => void;
  readonly forget: (destination: string | undefined, resource: string) => void;
}

// Beyond this number the oldest entry is dropped.
const MAX_ENTRIES = 1_000;

/** Makes an empty set, whose entries expire after `expireMs` milliseconds. */
export function createRememberedVersions(clock: Clock, expireMs: number): RememberedVersions {
  const agreed = new Map<string, { readonly version: Version; readonly until: number }>();
  // Neither an FSP id nor a resource contains a line break.
  const key = (destination = "", resource: string): string => `${destination}\n${resource}`;

  return {
    find(destination, resource) {
      const known = agreed.get(key(destination, resource));
      return known && clock.now().getTime() < known.until ? known.version : undefined;
    },
    keep(destination, resource, version) {
      const entry = key(destination, resource);
      agreed.delete(entry);
      agreed.set(entry, { version, until: clock.now().getTime() + expireMs });
      for (const oldest of agreed.keys()) {
        if (agreed.size <= MAX_ENTRIES) break;
        agreed.delete(oldest);
      }
    },
    forget: (destination, resource) => void agreed.delete(key(destination, resource)),
  };
}
