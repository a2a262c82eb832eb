import { parseMediaRange } from "./media-range.ts";
import { isVersion, type Version } from "./version.ts";

/** The infix of the media type: `fspiop` has none, `iso20022` is `vnd.interoperability.iso20022.…`. */
export type Dialect = "fspiop" | "iso20022";

/** The parts of a vendor media type. */
export interface MediaType {
  readonly resource: string;
  readonly dialect?: Dialect;
  /** `"1.1"` exactly, `"1"` for any minor of 1 (Accept only), absent for the latest (API Definition 3.3.4.1). */
  readonly version?: Version | `${number}`;
}

const TREE = "application/vnd.interoperability.";
const ISO_INFIX = "iso20022.";
const SUFFIX = "+json";

/** Writes a vendor media type: `application/vnd.interoperability.transfers+json;version=1.1`. */
export function formatMediaType({ resource, dialect, version }: MediaType): string {
  const infix = dialect === "iso20022" ? ISO_INFIX : "";
  const parameter = version === undefined ? "" : `;version=${version}`;
  return `${TREE}${infix}${resource}${SUFFIX}${parameter}`;
}

/**
 * Reads the media type of a Content-Type header: the inverse of {@link formatMediaType}, in any letter case, with blanks and quotes
 * where RFC 9110 5.6.6 allows them. `undefined` where it is malformed, of another kind, or its version is not `x.y`. The resource
 * comes back in lower case, since a media type has no case (RFC 9110 8.3.1).
 */
export function parseMediaType(text: string): (MediaType & { readonly version?: Version }) | undefined {
  const range = parseMediaRange(text);
  if (!range || range.contradictory || !range.type.startsWith(TREE) || !range.type.endsWith(SUFFIX))
    return undefined;
  const iso = range.type.startsWith(ISO_INFIX, TREE.length);
  const resource = range.type.slice(TREE.length + (iso ? ISO_INFIX.length : 0), -SUFFIX.length);
  const { version } = range;
  if (resource === "" || (version !== undefined && !isVersion(version))) return undefined;
  return { resource, dialect: iso ? "iso20022" : "fspiop", ...(version !== undefined && { version }) };
}
