/** What is wrong with a value: where, as a JSON pointer (`""` is the value itself), and what. */
export interface Fault {
  readonly pointer: string;
  readonly message: string;
}

/** What a validator says of a value: the value with its type, or the first fault in the order of the document. */
export type Validation<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Fault);

/** How strict a validator is. */
export interface ValidationOptions {
  /** Refuse members that the document does not describe. Receivers should take them (API Definition 3.3.2), so they pass by default. */
  readonly strict?: boolean;
}

/** Every validator: the value, judged. */
export type Validator<T> = (value: unknown, options?: ValidationOptions) => Validation<T>;

/** The verdict of a check that found this fault, or none. */
export function verdict<T>(value: unknown, fault: Fault | undefined): Validation<T> {
  if (fault) return { ok: false, pointer: fault.pointer, message: fault.message };
  return { ok: true, value: value as T }; // the check that was passed is made from the schema of T
}

const MISSING = "is missing";

/** The fault of a required member that is not there. */
export function missing(token: string): Fault {
  return faultAt(token, MISSING);
}

/** The fault of the value itself. */
export function fault(message: string): Fault {
  return { pointer: "", message };
}

/** The fault of a member or an item, `token` being its place as a JSON pointer: `"/amount"`. */
export function faultAt(token: string, message: string): Fault {
  return { pointer: token, message };
}

/** A fault of a member, told from its parent. */
export function below(token: string, { pointer, message }: Fault): Fault {
  return { pointer: token + pointer, message };
}

/** The fault of a member that no schema describes. */
export function unknownMember(name: string): Fault {
  return faultAt(`/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, "is not described by the API");
}

/**
 * The fault of a value that none of several forms takes. A form of which something is there tells more than one of which all is
 * missing, a fault deep inside more than one at the door; where the forms still differ the value itself is at fault.
 */
export function noneOf(...faults: Fault[]): Fault {
  const begun = faults.filter(({ message }) => message !== MISSING);
  const telling = begun.length === 0 ? faults : begun;
  const depth = ({ pointer }: Fault): number => pointer.split("/").length;
  const deepest = Math.max(...telling.map(depth));
  const [first, ...others] = telling.filter((candidate) => depth(candidate) === deepest);
  if (first && deepest > 1 && others.every(({ pointer }) => pointer === first.pointer)) return first;
  return fault(`has none of the ${String(faults.length)} allowed forms`);
}

/** Whether a value is an object of JSON. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a number has no fraction. */
export function isWhole(value: unknown): boolean {
  return Number.isInteger(value);
}

/** Whether a member is there. */
export function isPresent(value: unknown): boolean {
  return value !== undefined;
}

/** A check that asks a pattern of text and nothing of other values. */
export function ifText(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value !== "string" || pattern.test(value);
}

/** Whether a text has at least `min` characters; a character outside the basic plane is one. */
export function isAtLeast(text: string, min: number): boolean {
  return text.length >= min && (text.length >= 2 * min || lengthOf(text) >= min);
}

/** Whether a text has at most `max` characters; a character outside the basic plane is one. */
export function isAtMost(text: string, max: number): boolean {
  return text.length <= max || (text.length <= 2 * max && lengthOf(text) <= max);
}

function lengthOf(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = text.charCodeAt(i + 1);
    if (next >= 0xdc00 && next <= 0xdfff) {
      length -= 1;
      i += 1;
    }
  }
  return length;
}

/** Whether no two items are equal as JSON values, whatever the order of their members. */
export function hasUniqueItems(items: readonly unknown[]): boolean {
  return new Set(items.map(canonical)).size === items.length;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join()}}`;
}

/** The fault of a value that must have exactly one of several forms, given what each form found. */
export function exactlyOne(...found: (Fault | undefined)[]): Fault | undefined {
  const faults = found.filter((candidate) => candidate !== undefined);
  if (faults.length === found.length) return noneOf(...faults);
  return faults.length === found.length - 1 ? undefined : fault("has more than one of the allowed forms");
}
