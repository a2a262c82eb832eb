import { VersioningError } from "@mojaloop-versioning/protocol";
import type { HeaderFields } from "./negotiation.ts";
import { describe } from "./offer.ts";

/** What is said of a version that will go. */
export interface Deprecation {
  /** Since when it is deprecated; a date in the future announces it (RFC 9745). */
  readonly date: Date | string;
  /** When it will stop to answer (RFC 8594). */
  readonly sunset?: Date | string;
  /** Where a person reads more. */
  readonly link?: string;
}

/**
 * The header fields `deprecation` (RFC 9745), `sunset` (RFC 8594) and `link`.
 * @throws VersioningError `invalid-option` that names the path of the wrong member below `path`
 */
export function deprecationHeaders({ date, sunset, link }: Deprecation, path: string): HeaderFields {
  const since = readDate(date, `${path}.date`);
  const until = sunset === undefined ? undefined : readDate(sunset, `${path}.sunset`);
  if (until && until < since) {
    throw new VersioningError(
      "invalid-option",
      `${path}.sunset lies before ${path}.date; a version is deprecated first (RFC 9745 4)`,
    );
  }
  return {
    deprecation: `@${Math.floor(since.getTime() / 1000)}`,
    ...(until && { sunset: until.toUTCString() }),
    ...(link !== undefined && { link: `<${readLink(link, `${path}.link`)}>; rel="deprecation"` }),
  };
}

function readDate(value: unknown, path: string): Date {
  const date = value instanceof Date ? value : new Date(typeof value === "string" ? value : NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw new VersioningError(
    "invalid-option",
    `${path} is ${describe(value)}; write a date, like "2027-01-31" or a Date`,
  );
}

// A reference between angle brackets (RFC 8288 3): what could end it early or add a header line is refused.
function readLink(value: unknown, path: string): string {
  if (typeof value === "string" && /^[\x21\x23-\x3b\x3d\x3f-\x7e]+$/.test(value)) return value;
  throw new VersioningError(
    "invalid-option",
    `${path} is ${describe(value)}; write a URL, like "https://example.org/upgrade"`,
  );
}
