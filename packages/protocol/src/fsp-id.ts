/** Longest FSP id, in characters (API Definition 7.3, `FspId`: String(1..32)). */
export const MAX_FSP_ID_LENGTH = 32;

// Printable ASCII, which every header can carry (RFC 9110 5.5). `/` and `\` would end a path segment; a comma is where two header
// lines that a gateway has joined meet (RFC 9110 5.3), and two senders are a contradiction.
const FSP_ID = /^(?! )[\x20-\x2b\x2d\x2e\x30-\x5b\x5d-\x7e]{1,32}(?<! )$/;

/**
 * Whether a text is an FSP id: 1 to 32 characters that a header, a path segment and a log line can carry. Control characters, `/`,
 * `\`, commas, characters beyond ASCII, blanks at either end, and the dot segments `.` and `..` are refused. central-ledger itself
 * creates participants with 2 to 30 letters and digits only (`specs/admin/1.0.yaml`).
 */
export function isFspId(text: string): boolean {
  return FSP_ID.test(text) && text !== "." && text !== "..";
}
