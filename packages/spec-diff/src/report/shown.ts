/** Longest value shown in a line, in characters. */
const LONGEST = 60;
/** Characters kept before and after what changed. */
const CONTEXT = 8;
/** Longer lists show only their first values. */
const MAX_VALUES = 12;

/** A text in which control characters and characters that reverse the reading direction are escaped. */
export function escapeControls(text: string): string {
  return text.replaceAll(
    /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A value in a line; a long one loses its middle. */
export function shown(value: unknown): string {
  return shorten(escapeControls(listed(value)));
}

/** Two values in a line, in which what they share at both ends is left out where they are long. */
export function shownChange(from: unknown, to: unknown): string {
  const [a, b] = [escapeControls(listed(from)), escapeControls(listed(to))];
  if (a.length <= LONGEST / 2 && b.length <= LONGEST / 2) return `${a} → ${b}`;
  const shortest = Math.min(a.length, b.length);
  let head = 0;
  while (head < shortest && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shortest - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const cut = (text: string): string => {
    const start = Math.max(0, head - CONTEXT);
    const end = Math.min(text.length, text.length - tail + CONTEXT);
    return `${start > 0 ? "…" : ""}${shorten(text.slice(start, end))}${end < text.length ? "…" : ""}`;
  };
  return `${cut(a)} → ${cut(b)}`;
}

function shorten(text: string): string {
  if (text.length <= LONGEST) return text;
  const half = Math.floor((LONGEST - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(text.length - half)}`;
}

function listed(value: unknown): string {
  if (!Array.isArray(value)) return one(value);
  const rest = value.length - MAX_VALUES;
  const first = value.slice(0, MAX_VALUES).map(one).join(", ");
  return rest > 0 ? `${first} and ${String(rest)} more` : first;
}

function one(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
