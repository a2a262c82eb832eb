import { ERROR_CODES } from "./error-code.ts";
import { readErrorBody, type ErrorBody } from "./error-information.ts";
import { textAt } from "./json.ts";

// Where a message of ISO 20022 gives its reason, by code or in words of its own: pacs.002 and, for parties, acmt.024.
const REASONS = [
  ["TxInfAndSts", "StsRsnInf", "Rsn"],
  ["Rpt", "Rsn"],
];

/** What the body of an error callback says, in either dialect; `undefined` where it says nothing. */
export function readErrorCallback(body: unknown): ErrorBody["errorInformation"] | undefined {
  const information = readErrorBody(body);
  if (information) return information;
  for (const reason of REASONS) {
    const errorCode = textAt(body, [...reason, "Cd"]) ?? textAt(body, [...reason, "Prtry"]);
    if (errorCode === undefined) continue;
    const told = textAt(body, ["TxInfAndSts", "StsRsnInf", "AddtlInf"]);
    return { errorCode, errorDescription: told ?? nameOf(errorCode) };
  }
  return undefined;
}

function nameOf(code: string): string {
  const known = Object.entries(ERROR_CODES).find(([each]) => each === code);
  return known ? known[1].name : "";
}
