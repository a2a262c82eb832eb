/** The text that stands at a path of own members and indexes; `undefined` where there is none, or an empty one. */
export function textAt(body: unknown, keys: readonly (string | number)[]): string | undefined {
  let value = body;
  for (const key of keys) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[key]; // an own key of an object, as the line above has seen
  }
  return typeof value === "string" && value !== "" ? value : undefined;
}
