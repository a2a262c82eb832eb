/** One element of an Accept header, or the one media type of a Content-Type header (RFC 9110 12.5.1, 8.3.1). */
export interface MediaRange {
  /** Type and subtype in lower case: `"application/vnd.interoperability.transfers+json"`, `"application/*"`. */
  readonly type: string;
  /** The value of the `version` parameter as sent, its quotes taken off; not yet known to be a version. */
  readonly version: string | undefined;
  /** Whether there were several `version` parameters that disagree. */
  readonly contradictory: boolean;
  /** The value of the `charset` parameter in lower case; of several that disagree, all, with commas between them. */
  readonly charset: string | undefined;
  /** The weight in thousandths, 0 to 1000; 1000 where there is none (RFC 9110 12.4.2). */
  readonly weight: number;
}

/** Most ranges read of one Accept header; a longer list counts as malformed. */
export const MAX_RANGES = 64;
/** Most parameters read of one range; more count as malformed. */
export const MAX_PARAMETERS = 32;

const TAB = 9;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const DOT = 46;
const SLASH = 47;
const ZERO = 48;
const ONE = 49;
const SEMICOLON = 59;
const EQUALS = 61;
const BACKSLASH = 92;
const DELETE = 127;

// RFC 9110 5.6.2: tchar. Index = character code; what lies past the table is no tchar either.
const IS_TCHAR = Array.from({ length: 128 }, (_, code) =>
  /[!#$%&'*+.^_`|~\w-]/.test(String.fromCharCode(code)),
);

/**
 * Reads an Accept header by the grammar of RFC 9110 12.5.1, in time linear in its length. Empty list elements and empty
 * parameters are skipped (5.6.1.2, 5.6.6). `undefined` where it is malformed anywhere or over the limits.
 */
export function parseMediaRanges(text: string): MediaRange[] | undefined {
  const ranges: MediaRange[] = [];
  let at = 0;
  for (;;) {
    at = skipEmptyElements(text, at);
    if (at === text.length) return ranges;
    if (ranges.length === MAX_RANGES) return undefined;
    at = readRange(text, at, true, ranges);
    if (at < 0) return undefined;
  }
}

/** Reads the one media type of a Content-Type header (RFC 9110 8.3.1); `undefined` where it is malformed, empty or a list. */
export function parseMediaRange(text: string): MediaRange | undefined {
  const ranges: MediaRange[] = [];
  return readRange(text, skipBlanks(text, 0), false, ranges) < 0 ? undefined : ranges[0];
}

// Appends the range that starts at `at` and answers where it ends, past nothing but its parameters; -1 where it is malformed.
function readRange(text: string, at: number, weighted: boolean, ranges: MediaRange[]): number {
  const slash = tokenEnd(text, at);
  if (slash === at || text.charCodeAt(slash) !== SLASH) return -1;
  let end = tokenEnd(text, slash + 1);
  if (end === slash + 1) return -1;
  const type = text.slice(at, end).toLowerCase();

  let version: string | undefined;
  let contradictory = false;
  let charset: string | undefined;
  let weight = -1;
  let count = 0;
  for (;;) {
    end = skipBlanks(text, end);
    if (end === text.length) break;
    const separator = text.charCodeAt(end);
    if (separator === COMMA && weighted) break;
    if (separator !== SEMICOLON) return -1;
    const name = skipBlanks(text, end + 1);
    const nameEnd = tokenEnd(text, name);
    end = nameEnd;
    if (nameEnd === name) continue;
    if (text.charCodeAt(nameEnd) !== EQUALS || ++count > MAX_PARAMETERS) return -1;
    const quoted = text.charCodeAt(nameEnd + 1) === QUOTE;
    end = quoted ? quotedEnd(text, nameEnd + 1) : tokenEnd(text, nameEnd + 1);
    if (end <= nameEnd + 1) return -1;

    const letter = text.charCodeAt(name) | 32;
    if (nameEnd - name === 1 && letter === 113 /* q */ && weighted) {
      // A weight is a qvalue and has no quoted form (RFC 9110 12.4.2); where it stands among the parameters is free (12.5.1).
      if (weight >= 0 || quoted) return -1;
      weight = readWeight(text, nameEnd + 1, end);
      if (weight < 0) return -1;
    } else if (nameEnd - name === 7 && (letter === 118 /* v */ || letter === 99) /* c */) {
      const parameter = text.slice(name, nameEnd).toLowerCase();
      if (parameter === "version") {
        const value = readValue(text, nameEnd + 1, end, quoted);
        if (version !== undefined && version !== value) contradictory = true;
        version = value;
      } else if (parameter === "charset") {
        const value = readValue(text, nameEnd + 1, end, quoted).toLowerCase();
        charset = charset === undefined || charset === value ? value : `${charset}, ${value}`;
      }
    }
  }
  ranges.push({ type, version, contradictory, charset, weight: weight < 0 ? 1000 : weight });
  return end;
}

function tokenEnd(text: string, at: number): number {
  while (at < text.length && IS_TCHAR[text.charCodeAt(at)]) at++;
  return at;
}

function skipBlanks(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== SPACE && code !== TAB) break;
  }
  return at;
}

function skipEmptyElements(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== COMMA && code !== SPACE && code !== TAB) break;
  }
  return at;
}

// Past the closing quote of the quoted-string that opens at `at` (RFC 9110 5.6.4); -1 where it does not close or holds a control.
function quotedEnd(text: string, at: number): number {
  for (at++; at < text.length; at++) {
    let code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) code = text.charCodeAt(++at);
    if (Number.isNaN(code) || (code < SPACE && code !== TAB) || code === DELETE) return -1;
  }
  return -1;
}

function readValue(text: string, start: number, end: number, quoted: boolean): string {
  if (!quoted) return text.slice(start, end);
  const inner = text.slice(start + 1, end - 1);
  return inner.includes("\\") ? inner.replace(/\\(.)/gs, "$1") : inner;
}

// qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] ), in thousandths (RFC 9110 12.4.2); -1 where it is none.
function readWeight(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start);
  if ((first !== ZERO && first !== ONE) || end - start > 5) return -1;
  let weight = (first - ZERO) * 1000;
  if (end - start === 1) return weight;
  if (text.charCodeAt(start + 1) !== DOT) return -1;
  for (let at = start + 2, worth = 100; at < end; at++, worth /= 10) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    weight += digit * worth;
  }
  return weight > 1000 ? -1 : weight;
}
