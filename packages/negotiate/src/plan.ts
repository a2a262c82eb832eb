import {
  errorBody,
  formatMediaType,
  newestFirst,
  parseMediaRanges,
  statusOf,
  unacceptableVersion,
  type Dialect,
  type ErrorBody,
  type ErrorCode,
  type Version,
} from "@mojaloop-versioning/protocol";
import { chooseVersion, type AcceptVerdict } from "./accept.ts";
import { createCache } from "./cache.ts";
import { readContentVersion, type ContentVerdict } from "./content-type.ts";
import type { HeaderFields, Refusal } from "./negotiation.ts";
import type { Settings } from "./options.ts";

/** Everything that can be known of a resource before a message comes. */
export interface Plan {
  readonly resource: string;
  readonly dialect: Dialect;
  /** Judges an Accept header that is not empty. */
  readonly judgeAccept: (text: string) => AcceptVerdict | "missing";
  /** Judges a Content-Type line that is not empty. */
  readonly judgeContent: (text: string) => ContentVerdict;
  readonly mediaTypeOf: (version: Version) => string;
  /** The header fields of a success, by the version of the callback and of the body. */
  readonly stampOf: (accept: Version | undefined, content: Version) => HeaderFields;
  readonly refusals: Readonly<Record<RefusalReason, Refusal>>;
}

/** Why a message is refused; each refusal is made once. */
export type RefusalReason =
  | "acceptMissing"
  | "acceptMalformed"
  | "unacceptable"
  | "contentMissing"
  | "contentMalformed"
  | "contentUnsupported"
  | "disguised";

/** Makes the plans of all resources in the offer or the content list. */
export function createPlans(settings: Settings): ReadonlyMap<string, Plan> {
  const resources = new Set([...settings.offer.keys(), ...settings.content.keys()]);
  return new Map(Array.from(resources, (resource) => [resource, createPlan(resource, settings)]));
}

function createPlan(resource: string, settings: Settings): Plan {
  const { dialect, wildcard, serverPrefers, legacyStatus } = settings;
  const offered = settings.offer.get(resource) ?? [];
  const readable = settings.content.get(resource) ?? offered;
  const mediaTypes = new Map(
    newestFirst([...offered, ...readable]).map((version) => [
      version,
      formatMediaType({ resource, dialect, version }),
    ]),
  );
  const type = formatMediaType({ resource, dialect }).toLowerCase();
  const mediaTypeOf = (version: Version): string =>
    mediaTypes.get(version) ?? formatMediaType({ resource, dialect, version });

  return {
    resource,
    dialect,
    judgeAccept: createCache((text) => {
      const ranges = parseMediaRanges(text);
      if (!ranges) return "malformed";
      if (ranges.length === 0) return "missing";
      const verdict = chooseVersion(ranges, type, offered, { wildcard, serverPrefers });
      return verdict === "foreign" ? (legacyStatus ? "malformed" : "unacceptable") : verdict;
    }),
    judgeContent: createCache((text) => readContentVersion(text, type, readable)),
    mediaTypeOf,
    stampOf: createStamps(mediaTypeOf, settings.deprecations.get(resource)),
    refusals: createRefusals(resource, dialect, offered, readable),
  };
}

function createStamps(
  mediaTypeOf: (version: Version) => string,
  deprecations: ReadonlyMap<string, HeaderFields> | undefined,
): Plan["stampOf"] {
  const made = new Map<Version | undefined, Map<Version, HeaderFields>>();
  return (accept, content) => {
    let row = made.get(accept);
    if (!row) made.set(accept, (row = new Map<Version, HeaderFields>()));
    let stamp = row.get(content);
    if (!stamp) {
      stamp = Object.freeze({
        "content-type": mediaTypeOf(accept ?? content),
        vary: "Accept",
        // Whoever writes a deprecated version or asks for one is told; of two, the one asked for counts.
        ...(deprecations?.get(accept ?? content) ?? deprecations?.get(content)),
      });
      row.set(content, stamp);
    }
    return stamp;
  };
}

function createRefusals(
  resource: string,
  dialect: Dialect,
  offered: readonly Version[],
  readable: readonly Version[],
): Plan["refusals"] {
  // A resource has a version in one of the two lists at least.
  const newest = newestFirst([...offered, ...readable])[0];
  const headers = {
    "content-type": formatMediaType({ resource, dialect, ...(newest && { version: newest }) }),
    vary: "Accept",
  };
  const example = formatMediaType({ resource, dialect, ...(newest && { version: newest }) });
  const refusal = (errorCode: ErrorCode, body: ErrorBody, more?: HeaderFields): Refusal =>
    Object.freeze({
      ok: false,
      status: statusOf(errorCode),
      errorCode,
      body,
      headers: Object.freeze({ ...headers, ...more }),
    });
  const plain = (errorCode: ErrorCode, description: string): Refusal =>
    refusal(errorCode, errorBody(errorCode, description));
  return {
    acceptMissing: plain("3102", `Accept is missing; send ${example}`),
    acceptMalformed: plain("3101", `Accept is malformed; send ${example}`),
    unacceptable: refusal("3001", unacceptableVersion(offered)),
    contentMissing: plain("3102", `Content-Type is missing; send ${example}`),
    contentMalformed: plain("3101", `Content-Type is not ${example} or a sibling of it`),
    contentUnsupported: refusal(
      "3001",
      unacceptableVersion(
        readable,
        "The body's version is not supported; the extension list names the versions that are",
      ),
      { accept: readable.map((version) => formatMediaType({ resource, dialect, version })).join(", ") },
    ),
    disguised: plain("3002", `Unknown URI; the resource is /${resource}`),
  };
}
