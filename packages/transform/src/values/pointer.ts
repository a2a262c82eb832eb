/** A JSON pointer (RFC 6901) in which `*` stands for every item of an array; `""` is the whole value. */
export type Pointer = string;

/** The unescaped segments of a pointer. */
export function segmentsOf(pointer: Pointer): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The pointer of unescaped segments. */
export function pointerOf(segments: readonly string[]): Pointer {
  return segments.map((segment) => `/${segment.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The pointer with each `*` replaced by an index, in order. */
export function atIndexes(pointer: Pointer, indexes: readonly number[]): Pointer {
  if (indexes.length === 0) return pointer;
  let next = 0;
  return pointer.replaceAll(/\/\*(?=\/|$)/g, () => `/${indexes[next++] ?? "*"}`);
}

/** The pointer with every array index replaced by `*`: the inverse of {@link atIndexes}. */
export function templateOf(pointer: Pointer): Pointer {
  return pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*");
}
