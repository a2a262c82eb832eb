/** JSON text whose numbers a double cannot represent are replaced, and the way back. */
export interface ExactText {
  readonly text: string;
  /** Puts the original numbers back into JSON text that was made from the parsed value. */
  readonly restore: (text: string) => string;
}

// Strings come first, so that digits in them are not numbers.
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MAY_LOSE = /[:[,]\s*-?(?:\d[\d.]{15,}|\d[\d.]*[eE])/;

/**
 * Replaces numbers with more than 15 significant digits, or an exponent, by numbers that survive JSON.parse and JSON.stringify
 * unchanged (RFC 8259 6: beyond the precision of a double, implementations differ).
 */
export function keepNumbersExact(text: string): ExactText {
  if (!MAY_LOSE.test(text)) return { text, restore: (same) => same };
  const originals = new Map<string, string>();
  const replaced = text.replace(TOKEN, (token) => {
    if (token.startsWith('"') || !losesPrecision(token)) return token;
    const placeholder = placeholderFor(originals.size, text);
    originals.set(placeholder, token);
    return placeholder;
  });
  return {
    text: replaced,
    restore(written) {
      let restored = written;
      for (const [placeholder, original] of originals) restored = restored.replaceAll(placeholder, original);
      return restored;
    },
  };
}

function losesPrecision(number: string): boolean {
  if (/[eE]/.test(number)) return true;
  return number.replace(/^-?0*\.?0*/, "").replace(".", "").length > 15;
}

// A number whose text is the shortest form of a double and does not occur in the message.
function placeholderFor(index: number, text: string): string {
  for (let seed = 1; ; seed++) {
    const placeholder = String(9e15 - seed * 1e6 - index);
    if (!text.includes(placeholder)) return placeholder;
  }
}
