import { isVersion, parseMediaRange, type Version } from "@mojaloop-versioning/protocol";

/** The version of the body, or why there is none: not this resource's media type, or a version that this service cannot read. */
export type ContentVerdict = Version | "malformed" | "unsupported";

/**
 * Reads a Content-Type line (API Definition 3.2.1, Table 1, and 3.3.4.2): this resource's media type with major and minor. The
 * only charset is UTF-8 (3.1.5).
 */
export function readContentVersion(text: string, type: string, readable: readonly Version[]): ContentVerdict {
  const range = parseMediaRange(text);
  if (!range || range.type !== type || range.contradictory) return "malformed";
  if (range.charset !== undefined && range.charset !== "utf-8") return "malformed";
  if (range.version === undefined || !isVersion(range.version)) return "malformed";
  return readable.includes(range.version) ? range.version : "unsupported";
}
