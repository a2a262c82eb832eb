import { expect, test } from "vitest";
import { isFspId, MAX_FSP_ID_LENGTH } from "../src/index.ts";

// The length is that of FspId in specs/fspiop/*.yaml; the characters are a decision of this package, each with its reason.
test.each<[text: string, expected: boolean, why: string]>([
  ["dfsp1", true, "letters and digits, all that central-ledger creates (specs/admin/1.0.yaml)"],
  ["payer-fsp_2.test", true, "unreserved characters of a URI"],
  ["Bank of Examples", true, "blanks inside"],
  ["a", true, "the shortest"],
  ["x".repeat(MAX_FSP_ID_LENGTH), true, "the longest"],
  ["", false, "empty"],
  ["x".repeat(MAX_FSP_ID_LENGTH + 1), false, "longer than FspId"],
  [" dfsp1", false, "a header loses a blank at its start (RFC 9110 5.5)"],
  ["dfsp1 ", false, "and at its end"],
  ["dfsp\t1", false, "a tab"],
  ["dfsp1\r\nX-Y: z", false, "a second header line"],
  ["dfsp1\n", false, "a line feed at the end"],
  ["dfsp\0", false, "a control character"],
  ["bänk", false, "beyond ASCII: sender and receiver may decode it differently"],
  ["😀", false, "beyond Latin-1: Node refuses to send it"],
  ["a/b", false, "a path separator"],
  ["a\\b", false, "a path separator for lenient servers"],
  [".", false, "a dot segment (RFC 3986 3.3)"],
  ["..", false, "a dot segment"],
  ["...", true, "no dot segment"],
  ["dfsp1, dfsp2", false, "two header lines that a gateway has joined (RFC 9110 5.3)"],
])("%j: %s (%s)", (text, expected) => {
  expect(isFspId(text)).toBe(expected);
});
