import {
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

/** Makes the refusals of a resource, or of one operation of it, each once. */
export function createRefusals(
  resource: string,
  dialect: Dialect,
  offered: readonly Version[],
  readable: readonly Version[],
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
  const plain = (errorCode: ErrorCode, description: string): HttpRefusal =>
    refusal(errorCode, errorBody(errorCode, description));
  return {
    acceptMissing: plain("3102", `Accept is missing; send ${example}`),
    acceptMalformed: plain("3101", `Accept is malformed; send ${example}`),
    unacceptable: refusal(
      "3001",
      unacceptableVersion(
        offered,
        `No acceptable version of ${formatMediaType({ resource, dialect })}; the extension list has those there are`,
      ),
    ),
    contentMissing: plain("3102", `Content-Type is missing; send ${example}`),
    contentMalformed: plain("3101", `Content-Type is malformed or of another resource; send ${example}`),
    contentUnsupported: refusal(
      "3001",
      unacceptableVersion(
        readable,
        "The version of the body is not supported; the extension list has those that are",
      ),
      { accept: readable.map((version) => formatMediaType({ resource, dialect, version })).join(", ") },
    ),
    sourceMalformed: plain(
      "3101",
      `FSPIOP-Source is malformed; send one FSP id of 1 to ${MAX_FSP_ID_LENGTH} printable ASCII characters without "/", "\\" and ","`,
    ),
    disguised: plain("3002", `Unknown URI; the resource is /${resource}`),
  };
}
