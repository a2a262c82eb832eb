/** Values of a chart: maps, lists and texts. */
export type Values = Readonly<Record<string, unknown>>;

/** Whether a value is a map of keys. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path, if every step of it exists. */
export function valueAt(values: unknown, path: readonly string[]): unknown {
  let value = values;
  for (const step of path) {
    if (!isRecord(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

/** The map under a key, empty where there is none. */
export function recordAt(values: Values, key: string): Values {
  const value = valueAt(values, [key]);
  return isRecord(value) ? value : {};
}

/** A parent's values over those of its subchart, as Helm lays them: maps merge, all else is replaced, `null` takes a key away. */
export function overlay(below: Values, above: Values): Values {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const under = merged.get(key);
    if (value === null || value === "null" || value === "~") merged.delete(key);
    else merged.set(key, isRecord(value) && isRecord(under) ? overlay(under, value) : value);
  }
  // `fromEntries` defines its members: a key written as __proto__ stays a key.
  return Object.fromEntries(merged);
}

/** Whether a text is one of YAML's words for true or false; `undefined` for anything else. */
export function truthOf(value: unknown): boolean | undefined {
  if (typeof value !== "string") return undefined;
  if (/^(?:true|yes|on)$/i.test(value)) return true;
  return /^(?:false|no|off)$/i.test(value) ? false : undefined;
}
