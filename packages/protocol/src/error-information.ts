import { ERROR_CODES, type ErrorCode } from "./error-code.ts";
import { ownMember } from "./json.ts";
import { isVersion, majorOf, minorOf, newestFirst, type Version } from "./version.ts";

/** One entry of an extension list: key of 1 to 32, value of 1 to 128 characters (API Definition 7.4.3, 7.4.4). */
export interface Extension {
  readonly key: string;
  readonly value: string;
}

/** The body of a refusal, in a 4xx or 5xx response and in an error callback alike (API Definition 7.4.2, 9.2). */
export interface ErrorBody {
  readonly errorInformation: {
    readonly errorCode: string;
    readonly errorDescription: string;
    readonly extensionList?: { readonly extension: readonly Extension[] };
  };
}

/** Longest description, in characters (API Definition 7.4.2). */
const MAX_DESCRIPTION = 128;
const MAX_EXTENSIONS = 16;

/**
 * Makes an error body that keeps the limits of API Definition 7.4.2 to 7.4.4: a description over 128 characters is cut, entries
 * past the sixteenth are left out.
 */
export function errorBody(
  code: ErrorCode,
  description?: string,
  extension: readonly Extension[] = [],
): ErrorBody {
  const errorDescription = cut(description || ERROR_CODES[code].name, MAX_DESCRIPTION);
  if (extension.length === 0) return { errorInformation: { errorCode: code, errorDescription } };
  return {
    errorInformation: {
      errorCode: code,
      errorDescription,
      extensionList: {
        extension: extension
          .slice(0, MAX_EXTENSIONS)
          .map(({ key, value }) => ({ key: cut(key, 32), value: cut(value, 128) })),
      },
    },
  };
}

/** The HTTP status that goes with an error code (API Definition 3.2.4, Table 3). */
export function statusOf(code: ErrorCode): number {
  return ERROR_CODES[code].status;
}

/**
 * The body of error 3001: the supported versions, key = major and value = minor (API Definition 3.3.4.3, Listing 5). The newest minor of
 * every major comes first, so that the limit of 16 entries removes minors before majors.
 */
export function unacceptableVersion(supported: Iterable<Version>, description?: string): ErrorBody {
  const majors = new Set<string>();
  const heads: Version[] = [];
  const rest: Version[] = [];
  for (const version of newestFirst(supported)) {
    (majors.has(majorOf(version)) ? rest : heads).push(version);
    majors.add(majorOf(version));
  }
  return errorBody(
    "3001",
    description ?? "No acceptable version; the extension list names the supported ones as major and minor",
    [...heads, ...rest].map((version) => ({ key: majorOf(version), value: minorOf(version) })),
  );
}

/**
 * Reads an error body from outside; `undefined` where it is not one. The list may be the object that API Definition 1.1
 * prints or the bare array of 1.0 (Listing 5 in both), since both are sent.
 */
export function readErrorBody(body: unknown): ErrorBody["errorInformation"] | undefined {
  const information = ownMember(body, "errorInformation");
  const errorCode = ownMember(information, "errorCode");
  const errorDescription = ownMember(information, "errorDescription");
  if (typeof errorCode !== "string" && typeof errorCode !== "number") return undefined;
  const list = ownMember(information, "extensionList");
  const entries = Array.isArray(list) ? list : ownMember(list, "extension");
  const extension = Array.isArray(entries) ? entries.filter(isExtension) : [];
  return {
    errorCode: String(errorCode),
    errorDescription: typeof errorDescription === "string" ? errorDescription : "",
    ...(extension.length > 0 && { extensionList: { extension } }),
  };
}

/** The versions that a 3001 body lists, newest first; empty where the body is another error. */
export function supportedVersions(body: unknown): Version[] {
  const information = readErrorBody(body);
  if (information?.errorCode !== "3001") return [];
  const listed = (information.extensionList?.extension ?? []).map(({ key, value }) => `${key}.${value}`);
  return newestFirst(listed.filter(isVersion));
}

function isExtension(entry: unknown): entry is Extension {
  return typeof ownMember(entry, "key") === "string" && typeof ownMember(entry, "value") === "string";
}

// Length is counted in characters, as in the specification and in our validators; a surrogate pair is one.
function cut(text: string, limit: number): string {
  return text.length <= limit ? text : Array.from(text).slice(0, limit).join("");
}
