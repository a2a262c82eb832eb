import { ERROR_CODES } from "./error-code.ts";
import { readErrorBody, type ErrorBody } from "./error-information.ts";
import { textAt } from "./json.ts";

// The path of the reason in a message of ISO 20022, a code or a proprietary text: pacs.002 and, for parties, acmt.024.
const REASONS = [
  ["TxInfAndSts", "StsRsnInf", "Rsn"],
  ["Rpt", "Rsn"],
];

/** The error in the body of an error callback, in either dialect; `undefined` where there is none. */
export function readErrorCallback(body: unknown): ErrorBody["errorInformation"] | undefined {
  const information = readErrorBody(body);
  if (information) return information;
  for (const reason of REASONS) {
    const errorCode = textAt(body, [...reason, "Cd"]) ?? textAt(body, [...reason, "Prtry"]);
    if (errorCode === undefined) continue;
    const description = textAt(body, ["TxInfAndSts", "StsRsnInf", "AddtlInf"]);
    return { errorCode, errorDescription: description ?? nameOf(errorCode) };
  }
  return undefined;
}

function nameOf(code: string): string {
  const known = Object.entries(ERROR_CODES).find(([each]) => each === code);
  return known ? known[1].name : "";
}
