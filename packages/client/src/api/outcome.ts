import {
  errorBody,
  readErrorBody,
  supportedVersions,
  type ErrorBody,
  type ErrorCode,
  type Version,
} from "@mojaloop-versioning/protocol";

/** Why an exchange or a message failed, with the error in the form of FSPIOP. */
export interface FspiopError {
  /**
   * `response`: refused at once; `callback`: refused by an error callback; `conversion`: the message or its answer has no
   * equivalent in the other version; `fulfilment`: the answer does not fulfil the condition that was sent; `timeout`: no callback
   * arrived in time.
   */
  readonly via: "response" | "callback" | "conversion" | "fulfilment" | "timeout";
  /** The HTTP status, where the error came in a response. */
  readonly status?: number;
  /** As received; where the other side sent none, one that corresponds to the status. */
  readonly errorInformation: ErrorBody["errorInformation"];
  /** Of a 3001: the versions that the other side supports, newest first (API Definition 3.3.4.3). */
  readonly versions: readonly Version[];
}

/** The outcome of one HTTP request. */
export type SendResult<Data> =
  | {
      readonly data: Data;
      readonly error?: undefined;
      readonly response: Response;
      /** The resource version in which the message was sent. */
      readonly version: Version;
    }
  | SendFailure;

/** A {@link SendResult} without data. */
export interface SendFailure {
  readonly data?: undefined;
  readonly error: FspiopError;
  /** Absent where nothing was sent. */
  readonly response?: Response;
  readonly version: Version;
}

/** The outcome of a request and its callback. */
export type ExchangeResult<Body> =
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
      /** The FSPIOP-Source of the callback, if there was one. */
      readonly source?: string;
    };

/** The error in an HTTP response. */
export function errorOfResponse(status: number, body: unknown): FspiopError {
  const errorInformation =
    readErrorBody(body) ?? errorBody(codeOf(status), `HTTP status ${status}`).errorInformation;
  return { via: "response", status, errorInformation, versions: supportedVersions(body) };
}

/** The error in an error body. */
export function errorOfBody(via: FspiopError["via"], body: ErrorBody): FspiopError {
  return { via, errorInformation: body.errorInformation, versions: supportedVersions(body) };
}

// API Definition 3.2.4, Table 3. A redirection must not be followed, and any other status comes from an intermediary.
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
