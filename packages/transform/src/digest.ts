/**
 * The hash of some parts. node:crypto is asked for only here and only when a hash is needed: loading it takes a third of what the
 * import of this package may take (DESIGN 10), and most messages need none.
 */
export function digest(algorithm: "sha1" | "sha256", ...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = process.getBuiltinModule("node:crypto").createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
}
