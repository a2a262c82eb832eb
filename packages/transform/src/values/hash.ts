/**
 * The hash of some parts. `node:crypto` is loaded here only, and only when a hash is needed: its import takes longer than that of the
 * whole package, and most messages need no hash.
 */
export function hashOf(algorithm: "sha1" | "sha256", ...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = process.getBuiltinModule("node:crypto").createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
}
