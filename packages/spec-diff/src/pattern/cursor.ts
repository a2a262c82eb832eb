/** Thrown inside the parser for a pattern that is not regular, or not worth the effort. */
export class UnsupportedPattern extends Error {}

/** A position in a pattern, by code points. */
export interface Cursor {
  readonly characters: readonly string[];
  at: number;
  /** How many groups are open. */
  depth: number;
}

/** The character at the cursor, or some characters later; `undefined` at the end. */
export function peek({ characters, at }: Cursor, later = 0): string | undefined {
  return characters[at + later];
}

/** Takes one character, which must be the expected one if any is given. */
export function take(cursor: Cursor, expected?: string): string {
  const character = cursor.characters[cursor.at++];
  if (character === undefined || (expected !== undefined && character !== expected))
    throw new UnsupportedPattern();
  return character;
}

/** Whether a text follows. */
export function follows({ characters, at }: Cursor, text: string): boolean {
  return characters.slice(at, at + text.length).join("") === text;
}
