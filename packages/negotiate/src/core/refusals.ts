import {
  ERROR_CODES,
  errorBody,
  formatMediaType,
  MAX_FSP_ID_LENGTH,
  newestFirst,
  statusOf,
  unacceptableVersion,
  type Dialect,
  type ErrorBody,
  type ErrorCode,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { NegotiationOutcome } from "./event.ts";
import type { HeaderFields, HttpRefusal } from "./negotiation.ts";

/** Why a message is refused. */
export type RefusalReason =
  | "acceptMissing"
  | "acceptMalformed"
  | "unacceptable"
  | "contentMissing"
  | "contentMalformed"
  | "contentUnsupported"
  | "sourceMalformed"
  | "disguised";

/** The outcome that an event reports for a refusal. */
export const OUTCOMES: Readonly<Record<RefusalReason, NegotiationOutcome>> = {
  acceptMissing: "missing",
  acceptMalformed: "malformed",
  unacceptable: "unacceptable",
  contentMissing: "missing",
  contentMalformed: "malformed",
  contentUnsupported: "unsupported",
  sourceMalformed: "malformed",
  disguised: "disguised",
};

/** The answer to a path of no resource in the offer. */
export const UNKNOWN_URI: HttpRefusal = Object.freeze({
  ok: false,
  status: statusOf("3002"),
  errorCode: "3002",
  body: errorBody("3002"),
  headers: Object.freeze({ "content-type": "application/json" }),
});

// The descriptions of central-services-shared 18.38.2 (src/constants.js), for clients and tests that compare them.
const LEGACY_DESCRIPTIONS = {
  acceptMissing: "Accept is required",
  acceptMalformed: "Invalid accept header",
  unacceptable: "The Client requested an unsupported version, see extension list for supported version(s).",
  contentMissing: "Content-type is required",
  contentMalformed: "Invalid content-type header",
  contentUnsupported: "Client supplied a protocol version which is not supported by the server",
} as const;

/** The description that central-services-error-handling makes of an error's name and its text. */
export function legacyDescription(errorCode: ErrorCode, text: string): string {
  return `${ERROR_CODES[errorCode].name} - ${text}`;
}

/** The versions that refusals name. */
export interface RefusedVersions {
  readonly offered: readonly Version[];
  readonly readable: readonly Version[];
}

/** Makes the refusals of a resource, or of one operation of it, each once. */
export function createRefusals(
  { resource, dialect }: { readonly resource: string; readonly dialect: Dialect },
  { offered, readable }: RefusedVersions,
  isLegacy: boolean,
): Readonly<Record<RefusalReason, HttpRefusal>> {
  const [newest] = newestFirst([...offered, ...readable]);
  const example = formatMediaType({ resource, dialect, ...(newest && { version: newest }) });
  const refusal = (errorCode: ErrorCode, body: ErrorBody, more?: HeaderFields): HttpRefusal =>
    Object.freeze({
      ok: false,
      status: statusOf(errorCode),
      errorCode,
      body,
      headers: Object.freeze({ "content-type": example, vary: "Accept", ...more }),
    });
  type Described = keyof typeof LEGACY_DESCRIPTIONS;
  const describe = (reason: Described, errorCode: ErrorCode, text: string): string =>
    isLegacy ? legacyDescription(errorCode, LEGACY_DESCRIPTIONS[reason]) : text;
  const plain = (reason: Described, errorCode: ErrorCode, text: string): HttpRefusal =>
    refusal(errorCode, errorBody(errorCode, describe(reason, errorCode, text)));
  const type = formatMediaType({ resource, dialect });
  return {
    acceptMissing: plain("acceptMissing", "3102", `Accept is missing; send ${example}`),
    acceptMalformed: plain("acceptMalformed", "3101", `Accept is malformed; send ${example}`),
    unacceptable: refusal(
      "3001",
      unacceptableVersion(
        offered,
        describe(
          "unacceptable",
          "3001",
          `No acceptable version of ${type}; the extension list has those there are`,
        ),
      ),
    ),
    contentMissing: plain("contentMissing", "3102", `Content-Type is missing; send ${example}`),
    contentMalformed: plain(
      "contentMalformed",
      "3101",
      `Content-Type is malformed or of another resource; send ${example}`,
    ),
    contentUnsupported: refusal(
      "3001",
      unacceptableVersion(
        readable,
        describe(
          "contentUnsupported",
          "3001",
          "The version of the body is not supported; the extension list has those that are",
        ),
      ),
      { accept: readable.map((version) => formatMediaType({ resource, dialect, version })).join(", ") },
    ),
    sourceMalformed: refusal(
      "3101",
      errorBody(
        "3101",
        `FSPIOP-Source is malformed; send one FSP id of 1 to ${MAX_FSP_ID_LENGTH} printable ASCII characters without "/", "\\" and ","`,
      ),
    ),
    disguised: refusal("3002", errorBody("3002", `Unknown URI; the resource is /${resource}`)),
  };
}
