/** A JSON object, as far as its members are unknown. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own member; names like `constructor` and `__proto__` are never inherited. */
export function memberOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A copy of `object` in which `key` has `value`, or is absent where `value` is undefined. Own members only. */
export function withMember(object: JsonObject, key: string, value: unknown): JsonObject {
  // A computed key defines an own member, even one named __proto__; assignment would set the prototype.
  return value === undefined ? without(object, key) : { ...object, [key]: value };
}

/** A copy of `object` that lacks `key`. */
export function without<T>(object: Readonly<Record<string, T>>, key: string): Record<string, T> {
  // Left out rather than deleted: an object that lost a member to `delete` is slow ever after.
  const { [key]: gone, ...rest } = object;
  return gone === undefined ? { ...object } : rest;
}

/** A copy of `array` with another item at `index`. */
export function withItem(array: readonly unknown[], index: number, value: unknown): unknown[] {
  const copy = array.slice();
  copy[index] = value;
  return copy;
}

/**
 * JSON text with the members of every object in one order, so that equal messages give equal text. Walks with a stack of its
 * own: a body nested as deeply as a parser admits is no danger.
 */
export function canonicalJson(root: unknown): string {
  const out: string[] = [];
  const todo: ({ readonly text: string } | { readonly value: unknown })[] = [{ value: root }];
  for (let task = todo.pop(); task; task = todo.pop()) {
    if ("text" in task) {
      out.push(task.text);
      continue;
    }
    const { value } = task;
    if (Array.isArray(value)) {
      todo.push({ text: "]" });
      for (let i = value.length - 1; i >= 0; i--) {
        todo.push({ value: value[i] as unknown }); // an item of an array of unknown JSON
        if (i > 0) todo.push({ text: "," });
      }
      todo.push({ text: "[" });
    } else if (isObject(value)) {
      const keys = Object.keys(value)
        .filter((key) => value[key] !== undefined)
        .sort();
      todo.push({ text: "}" });
      for (let i = keys.length - 1; i >= 0; i--) {
        const key = keys[i] ?? "";
        todo.push({ value: value[key] }, { text: `${i > 0 ? "," : ""}${JSON.stringify(key)}:` });
      }
      todo.push({ text: "{" });
    } else {
      out.push(value === undefined ? "null" : JSON.stringify(value));
    }
  }
  return out.join("");
}
