import { VersioningError } from "@mojaloop-versioning/protocol";
import type { HeaderFields } from "../core/negotiation.ts";
import { checkNames, invalidOption } from "./invalid-option.ts";

/** The announcement that a version will be removed. */
export interface Deprecation {
  /** Since when the version is deprecated; a future date announces it (RFC 9745). */
  readonly date: Date | string;
  /** When the service stops answering requests of this version (RFC 8594). */
  readonly sunset?: Date | string;
  /** A page with more information. */
  readonly link?: string;
}

/**
 * The header fields `deprecation` (RFC 9745), `sunset` (RFC 8594) and `link`.
 * @throws VersioningError `invalid-option` that names the wrong member below `path`
 */
export function deprecationHeaders(deprecation: Deprecation, path: string): HeaderFields {
  checkNames(deprecation, ["date", "sunset", "link"], path);
  const { date, sunset, link } = deprecation;
  const since = readDate(date, `${path}.date`);
  const until = sunset === undefined ? undefined : readDate(sunset, `${path}.sunset`);
  if (until && until < since) {
    throw new VersioningError(
      "invalid-option",
      `${path}.sunset is before ${path}.date; a version is deprecated first (RFC 9745 4)`,
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
  throw invalidOption(path, value, 'write a date, like "2027-01-31" or a Date');
}

// A URI reference between angle brackets (RFC 8288 3): characters that could end it or start another header line are refused.
function readLink(value: unknown, path: string): string {
  if (typeof value === "string" && /^[\x21\x23-\x3b\x3d\x3f-\x7e]+$/.test(value)) return value;
  throw invalidOption(path, value, 'write a URL, like "https://example.org/upgrade"');
}
