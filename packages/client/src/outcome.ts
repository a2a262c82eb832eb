import {
  errorBody,
  readErrorBody,
  supportedVersions,
  type ErrorBody,
  type ErrorCode,
  type Version,
} from "@mojaloop-versioning/protocol";

/** Why there is no answer, said as FSPIOP says it. */
export interface FspiopError {
  /**
   * `response`: refused at once; `callback`: by an error callback; `conversion`: the message, or its answer, cannot be said in the
   * other version; `timeout`: nothing came in time.
   */
  readonly via: "response" | "callback" | "conversion" | "timeout";
  /** The HTTP status, where the error came in a response. */
  readonly status?: number;
  /** As sent; where the other side sent none, one that says the same as the status. */
  readonly errorInformation: ErrorBody["errorInformation"];
  /** Of a 3001: the versions that the other side supports, newest first (API Definition 3.3.4.3). */
  readonly versions: readonly Version[];
}

/** What became of one HTTP request. */
export type Result<Data> =
  | {
      readonly data: Data;
      readonly error?: undefined;
      readonly response: Response;
      /** The resource version in which the message was sent. */
      readonly version: Version;
    }
  | Failure;

/** A {@link Result} without data. */
export interface Failure {
  readonly data?: undefined;
  readonly error: FspiopError;
  /** Absent where nothing was sent. */
  readonly response?: Response;
  readonly version: Version;
}

/** What became of a request and its callback. */
export type Answer<Body> =
  | {
      readonly data: Body;
      readonly error?: undefined;
      /** The FSPIOP-Source of the callback. */
      readonly source: string;
      /** The resource version in which the callback came, before it was converted. */
      readonly version: Version;
    }
  | {
      readonly data?: undefined;
      readonly error: FspiopError;
      /** The FSPIOP-Source of the error callback, if there was one. */
      readonly source?: string;
    };

/** The error that an HTTP response tells of. */
export function errorOfResponse(status: number, body: unknown): FspiopError {
  const errorInformation =
    readErrorBody(body) ?? errorBody(codeOf(status), `HTTP status ${status}`).errorInformation;
  return { via: "response", status, errorInformation, versions: supportedVersions(body) };
}

/** An error that an error body tells of. */
export function errorOfBody(via: FspiopError["via"], body: ErrorBody): FspiopError {
  return { via, errorInformation: body.errorInformation, versions: supportedVersions(body) };
}

// API Definition 3.2.4, Table 3. A redirection must not be followed and any other status comes from something in between.
function codeOf(status: number): ErrorCode {
  switch (status) {
    case 404:
      return "3002";
    case 406:
      return "3001";
    case 501:
      return "2002";
    case 503:
      return "2003";
    default:
      return status >= 500 ? "2000" : status >= 400 ? "3000" : "1001";
  }
}
