/**
 * The error codes of FSPIOP with the names of the standard and the HTTP status of an immediate refusal (API Definition 7.6 and
 * 3.2.4). Codes xx40 and above belong to the scheme; an unknown one is read as its xx00.
 */
export const ERROR_CODES = {
  "1000": { name: "Communication error", status: 503 },
  "1001": { name: "Destination communication error", status: 503 },
  "2000": { name: "Generic server error", status: 503 },
  "2001": { name: "Internal server error", status: 503 },
  "2002": { name: "Not implemented", status: 501 },
  "2003": { name: "Service currently unavailable", status: 503 },
  "2004": { name: "Server timed out", status: 503 },
  "2005": { name: "Server busy", status: 503 },
  "3000": { name: "Generic client error", status: 400 },
  "3001": { name: "Unacceptable version requested", status: 406 },
  "3002": { name: "Unknown URI", status: 404 },
  "3003": { name: "Add Party information error", status: 400 },
  "3100": { name: "Generic validation error", status: 400 },
  "3101": { name: "Malformed syntax", status: 400 },
  "3102": { name: "Missing mandatory element", status: 400 },
  "3103": { name: "Too many elements", status: 400 },
  "3104": { name: "Too large payload", status: 400 },
  "3105": { name: "Invalid signature", status: 400 },
  "3106": { name: "Modified request", status: 400 },
  "3107": { name: "Missing mandatory extension parameter", status: 400 },
  "3200": { name: "Generic ID not found", status: 400 },
  "3201": { name: "Destination FSP error", status: 400 },
  "3202": { name: "Payer FSP ID not found", status: 400 },
  "3203": { name: "Payee FSP ID not found", status: 400 },
  "3204": { name: "Party not found", status: 400 },
  "3205": { name: "Quote ID not found", status: 400 },
  "3206": { name: "Transaction request ID not found", status: 400 },
  "3207": { name: "Transaction ID not found", status: 400 },
  "3208": { name: "Transfer ID not found", status: 400 },
  "3300": { name: "Generic expired error", status: 400 },
  "3301": { name: "Transaction request expired", status: 400 },
  "3302": { name: "Quote expired", status: 400 },
  "3303": { name: "Transfer expired", status: 400 },
  "4000": { name: "Generic Payer error", status: 400 },
  "5000": { name: "Generic Payee error", status: 400 },
  "5101": { name: "Payee rejected quote", status: 400 },
} as const;

/** A code of {@link ERROR_CODES}. */
export type ErrorCode = keyof typeof ERROR_CODES;
