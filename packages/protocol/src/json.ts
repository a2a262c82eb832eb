/** A JSON object of which nothing more is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object: not an array, not `null`. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The own member of a JSON object; `undefined` where there is none. Inherited names such as `constructor` are not members. */
export function ownMember(value: unknown, name: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/**
 * The non-empty text at a path of own members and array indexes; `undefined` where the path leads to anything else.
 *
 * ```ts
 * textAt(body, ["CdtTrfTxInf", "PmtId", "TxId"]);
 * ```
 */
export function textAt(value: unknown, path: readonly (string | number)[]): string | undefined {
  let found = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[step]; // the line above has found an own member
  }
  return typeof found === "string" && found !== "" ? found : undefined;
}

/**
 * The compact JSON text of a value with the members of every object sorted by name, so that equal values give equal texts. Members
 * that are `undefined` are left out, as in `JSON.stringify`; `toJSON` is not called. It does not recurse, so a body nested as
 * deeply as a parser accepts does not exhaust the call stack.
 */
export function canonicalJson(root: unknown): string {
  const written: string[] = [];
  const rest: ({ readonly text: string } | { readonly value: unknown })[] = [{ value: root }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    if ("text" in next) written.push(next.text);
    else if (Array.isArray(next.value)) pushItems(rest, next.value);
    else if (isJsonObject(next.value)) pushMembers(rest, next.value);
    else written.push(next.value === undefined ? "null" : JSON.stringify(next.value));
  }
  return written.join("");
}

type Pending = ({ readonly text: string } | { readonly value: unknown })[];

// What is pushed last is written first.
function pushItems(rest: Pending, items: readonly unknown[]): void {
  rest.push({ text: "]" });
  for (let i = items.length - 1; i >= 0; i--) rest.push({ value: items[i] }, { text: i > 0 ? "," : "" });
  rest.push({ text: "[" });
}

function pushMembers(rest: Pending, object: JsonObject): void {
  const names = Object.keys(object)
    .filter((name) => object[name] !== undefined)
    .sort();
  rest.push({ text: "}" });
  for (let i = names.length - 1; i >= 0; i--) {
    const name = names[i] ?? "";
    rest.push({ value: object[name] }, { text: `${i > 0 ? "," : ""}${JSON.stringify(name)}:` });
  }
  rest.push({ text: "{" });
}
