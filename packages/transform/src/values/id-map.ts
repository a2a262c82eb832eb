import { hashOf } from "./hash.ts";

/** Maps ids of a newer form to an older form and back. Both directions return the same result every time. */
export interface IdMap {
  /** The older form of an id; undefined where there is none. */
  older(id: string): string | undefined;
  /** The newer id that an older form was made from; undefined where the map made no such form. */
  newer(id: string): string | undefined;
}

// The namespace of our UUIDs of version 5, so that they differ from those of any other generator (RFC 9562 5.5).
const NAMESPACE = Buffer.from("6f1d6c1c5a0e5d0b8b6c3f0e9a417d52", "hex");

/**
 * An id map in memory. Each id becomes a UUID of version 5 derived from it, which is the same in every process, so a resend has the
 * same hash (API Definition 3.2.5.1). The newer ids of the latest `limit` conversions are remembered.
 */
export function createIdMap({ limit = 100_000 }: { limit?: number } = {}): IdMap {
  const newerOf = new Map<string, string>();
  return {
    older(id) {
      const older = uuidOfName(id);
      newerOf.delete(older);
      newerOf.set(older, id);
      if (newerOf.size > limit) {
        for (const oldest of newerOf.keys()) {
          newerOf.delete(oldest);
          break;
        }
      }
      return older;
    },
    newer: (id) => newerOf.get(id),
  };
}

function uuidOfName(name: string): string {
  const bytes = hashOf("sha1", NAMESPACE, name).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-");
}
