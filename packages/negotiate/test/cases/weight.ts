import { acceptCases, T, type Case } from "./case.ts";

const NONE = "406 1.0 1.1";
const MALFORMED = "400 3101";
const TWO = ["1.0", "2.0"];
const THREE = ["1.0", "1.1", "2.0"];

/** Weights (RFC 9110 12.4.2) and quoting (5.6.4). */
export const WEIGHT_CASES: readonly Case[] = acceptCases([
  [`${T};version=1.1;q=0`, "406 1.1", "RFC 9110 12.4.2: zero excludes", ["1.1"]],
  [`${T};version=1.0;q=0.2, ${T};version=1.1`, "1.1", "RFC 9110 12.4.2: weight before order"],
  [`${T}, ${T};version=1.1;q=0`, "1.0", "RFC 9110 12.5.1: all but one"],
  [`${T};version=1.0;q=0.1, */*;q=1`, "2.0", "RFC 9110 12.5.1: the closest range gives the weight", TWO],
  [`${T};version=1.1;q=0.001, ${T};version=1.0;q=0.002`, "1.0", "RFC 9110 12.4.2: three decimals"],
  // Rows of our own
  [`${T};version=1.0;Q=0.5, ${T};version=1.1;q=0.4`, "1.0", "RFC 9110 5.6.6: names have no letter case"],
  [`${T};q=0.5;version=1.0`, "1.0", "RFC 9110 12.5.1: q may stand before other parameters"],
  [`${T};version=1.0 ; q=0.5`, "1.0", "RFC 9110 12.4.2: blanks around the semicolon"],
  [`${T};version=1.0;q=1.000`, "1.0", "RFC 9110 12.4.2: one with three zeros"],
  [`${T};version=1.0;q=1.`, "1.0", "RFC 9110 12.4.2: a point and no decimals"],
  [`${T};version=1.0;q=0.`, NONE, "RFC 9110 12.4.2: zero with a point is zero"],
  [`${T};version=1.0;q=0.000`, NONE, "RFC 9110 12.4.2: zero"],
  [`${T};version=1.0;q=1.001`, MALFORMED, "RFC 9110 12.4.2: above one"],
  [`${T};version=1.0;q=2`, MALFORMED, "RFC 9110 12.4.2: above one"],
  [`${T};version=1.0;q=-1`, MALFORMED, "RFC 9110 12.4.2: below zero"],
  [`${T};version=1.0;q=.5`, MALFORMED, "RFC 9110 12.4.2: begins with a digit"],
  [`${T};version=1.0;q=0.1234`, MALFORMED, "RFC 9110 12.4.2: four decimals"],
  [`${T};version=1.0;q=00.5`, MALFORMED, "RFC 9110 12.4.2: one digit before the point"],
  [`${T};version=1.0;q=0,5`, MALFORMED, "a decimal comma ends the element"],
  [`${T};version=1.0;q=high`, MALFORMED, "RFC 9110 12.4.2: a number"],
  [`${T};version=1.0;q=`, MALFORMED, "RFC 9110 12.4.2: a number"],
  [`${T};version=1.0;q=NaN`, MALFORMED, "RFC 9110 12.4.2: a number"],
  [`${T};version=1.0;q="0.5"`, MALFORMED, "RFC 9110 12.4.2: a qvalue has no quoted form"],
  [`${T};version=1.0;q=0.5;q=0.5`, MALFORMED, "decision 22: a repeated q"],
  [`text/html;q=2, ${T};version=1.0`, MALFORMED, "decision 17: malformed anywhere"],
  [`${T};version=2;q=0.5, ${T};version=1;q=0.5`, "2.0", "decision 18: of equals the first", THREE],
  [`${T};version=1;q=0.5, ${T};version=2;q=0.6`, "2.0", "RFC 9110 12.4.2: the weightier", THREE],
  [`${T};version=1;q=0, */*`, "2.0", "RFC 9110 12.5.1: a major excluded", THREE],
  [
    `${T};version=1;q=0, ${T};version=1.0`,
    "1.0",
    "RFC 9110 12.5.1: a major excluded but for one minor",
    THREE,
  ],
  [`*/*;q=0`, NONE, "RFC 9110 12.4.2: nothing is acceptable"],
  [`application/*;q=0, */*`, NONE, "RFC 9110 12.5.1: application/* is closer than */*"],
  [`${T};q=0, */*`, NONE, "RFC 9110 12.5.1: this type is closer than */*"],
  [`${T};q=0.5, ${T};version=1.1;q=0.4`, "1.0", "RFC 9110 12.5.1: 1.1 has the weight of its own range"],
  [
    `${T};version=1.0;q=0.3, ${T};version=1.0;q=0.9, ${T};version=1.1;q=0.5`,
    "1.0",
    "the weightier of two alike",
  ],
  // Quoting
  [`${T};version="1"`, "1.1", "RFC 9110 5.6.6: quoted and bare are the same"],
  [`${T};version="1\\.0"`, "1.0", "RFC 9110 5.6.4: a quoted pair is its second character"],
  [`${T};version="\\1\\.\\0"`, "1.0", "RFC 9110 5.6.4: a quoted pair is its second character"],
  [`${T};version="1.0`, MALFORMED, "RFC 9110 5.6.4: not closed"],
  [`${T};version="1.0\\"`, MALFORMED, "RFC 9110 5.6.4: not closed, the quote is escaped"],
  [`${T};version="1.0"x`, MALFORMED, "RFC 9110 5.6.6: nothing after the closing quote"],
  [`${T};version=x"1.0"`, MALFORMED, "RFC 9110 5.6.2: a quote is no token character"],
  [`${T};version=""`, MALFORMED, "decision 1: x or x.y"],
  [`${T};version=" 1.0"`, MALFORMED, "decision 1: x or x.y"],
  [`${T};version='1.0'`, MALFORMED, "RFC 9110 5.6.2: an apostrophe is a token character, not a quote"],
  [`"${T}";version=1.0`, MALFORMED, "RFC 9110 8.3.1: a type is no quoted string"],
  [`${T};a="\\"";version=1.0`, "1.0", "RFC 9110 5.6.4: an escaped quote does not close"],
  [`${T};a="\xe9\xff";version=1.0`, "1.0", "RFC 9110 5.6.4: obs-text in a quoted string"],
  [`${T};a=\xe9;version=1.0`, MALFORMED, "RFC 9110 5.6.2: obs-text is no token character"],
  [`${T};a="x, */*";version=9`, NONE, "RFC 9110 5.6.4: a comma in a quoted value ends nothing"],
]);
