import { errorBody, statusOf, type ErrorCode } from "@mojaloop-versioning/protocol";
import type { HttpRefusal } from "./negotiation.ts";
import { legacyDescription } from "./refusals.ts";

/** The refusals of the checks that are not about versions. */
export interface HeaderRefusals {
  readonly sourceMissing: HttpRefusal;
  readonly sourceMalformed: HttpRefusal;
  readonly sourceForeign: HttpRefusal;
  readonly proxyForeign: HttpRefusal;
  readonly dateMissing: HttpRefusal;
  readonly dateMalformed: HttpRefusal;
  readonly tooLarge: HttpRefusal;
}

/**
 * Makes the refusals; legacy ones have the descriptions of central-services-shared 18.38.2
 * (src/util/hapi/plugins/headerValidation.js), where it has one.
 */
export function createHeaderRefusals(isLegacy: boolean): HeaderRefusals {
  const refusal = (errorCode: ErrorCode, text: string, legacy?: string): HttpRefusal => {
    const description = isLegacy && legacy !== undefined ? legacyDescription(errorCode, legacy) : text;
    return Object.freeze({
      ok: false,
      status: statusOf(errorCode),
      errorCode,
      body: errorBody(errorCode, description),
      headers: Object.freeze({ "content-type": "application/json" }),
    });
  };
  const example = "send one like Sat, 21 Nov 2026 09:00:00 GMT";
  return {
    sourceMissing: refusal("3102", "FSPIOP-Source is missing"),
    sourceMalformed: refusal("3101", "FSPIOP-Source is malformed; send one FSP id"),
    sourceForeign: refusal(
      "3100",
      "FSPIOP-Source is not the authenticated client",
      "Invalid fspiop-source header",
    ),
    proxyForeign: refusal(
      "3100",
      "FSPIOP-Proxy is not the authenticated client, or it equals FSPIOP-Source",
      "Invalid fspiop-proxy header",
    ),
    dateMissing: refusal("3102", `Date is missing; ${example}`, "Missing required date header"),
    dateMalformed: refusal("3101", `Date is malformed; ${example}`, "Invalid date header"),
    tooLarge: refusal(
      "3104",
      "Content-Length is larger than this service accepts",
      "Payload size is too large",
    ),
  };
}
