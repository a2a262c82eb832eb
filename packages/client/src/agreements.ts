import type { Version } from "@mojaloop-versioning/protocol";
import type { Clock } from "./options.ts";

/** The versions that were agreed upon after a 406, by destination and resource. */
export interface Agreements {
  readonly find: (destination: string | undefined, resource: string) => Version | undefined;
  readonly keep: (destination: string | undefined, resource: string, version: Version) => void;
  readonly forget: (destination: string | undefined, resource: string) => void;
}

/** How many are kept in mind; the oldest goes first. */
const REMEMBERED = 1_000;

/** Makes an empty set of agreements, each of which holds for so many milliseconds. */
export function createAgreements(clock: Clock, holdMs: number): Agreements {
  const agreed = new Map<string, { readonly version: Version; readonly until: number }>();
  // No FSP id and no resource holds a line break.
  const keyOf = (destination = "", resource: string): string => `${destination}\n${resource}`;

  return {
    find(destination, resource) {
      const known = agreed.get(keyOf(destination, resource));
      return known && clock.now().getTime() < known.until ? known.version : undefined;
    },
    keep(destination, resource, version) {
      const key = keyOf(destination, resource);
      agreed.delete(key);
      agreed.set(key, { version, until: clock.now().getTime() + holdMs });
      for (const oldest of agreed.keys()) {
        if (agreed.size <= REMEMBERED) break;
        agreed.delete(oldest);
      }
    },
    forget: (destination, resource) => void agreed.delete(keyOf(destination, resource)),
  };
}
