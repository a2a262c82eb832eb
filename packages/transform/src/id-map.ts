import { digest } from "./digest.ts";

/** Says ids of a newer form in an older one and back. Both directions give the same answer each time. */
export interface IdMap {
  /** The older form of an id, or undefined where there is none. */
  older(id: string): string | undefined;
  /** The newer id that this older one stands for, or undefined where it stands for itself. */
  newer(id: string): string | undefined;
}

/** Names in our own space, so that the ids we make meet no one else's (RFC 9562 5.5). */
const NAMESPACE = Buffer.from("6f1d6c1c5a0e5d0b8b6c3f0e9a417d52", "hex");

/**
 * An id map in memory: an id becomes the UUID of version 5 made from it, the same one every time and in every process, so a resend
 * hashes alike (API Definition 3.2.5.1). The way back is remembered for the latest `limit` ids.
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
  const bytes = digest("sha1", NAMESPACE, name).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-");
}
