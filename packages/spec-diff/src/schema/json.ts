/** A JSON object as it is read: any member may be anything. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object (not an array, not null). */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The own member of a JSON object; `undefined` where there is none. Names such as `__proto__` are only names. */
export function member(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The own member of a JSON object if it is a text. */
export function textMember(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === "string" ? found : undefined;
}

/** The members of a value that ought to be an object; none where it is not one. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

/** A text that two JSON values share exactly when they are equal, whatever the order of their members. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isRecord(value)) return value === undefined ? "null" : JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(",")}}`;
}

/** Whether two JSON values are equal. */
export function equalJson(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}

/** Adds steps to a JSON pointer (RFC 6901). */
export function pointerTo(pointer: string, ...steps: readonly (string | number)[]): string {
  let path = pointer;
  for (const step of steps)
    path += `/${typeof step === "number" || !/[~/]/.test(step) ? step : escapeStep(step)}`;
  return path;
}

function escapeStep(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The steps of a JSON pointer, with or without its `#`. */
export function stepsOf(pointer: string): string[] {
  const path = pointer.startsWith("#") ? decodePercent(pointer.slice(1)) : pointer;
  return path
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

// A pointer in a URI fragment may be percent-encoded (RFC 6901, 6); a stray % is left as it stands.
function decodePercent(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
