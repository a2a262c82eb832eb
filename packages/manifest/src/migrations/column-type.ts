/** How a new column type relates to the older one. `rescaled`: a decimal with more places after the point and fewer before it. */
export type TypeChange = "same" | "wider" | "rescaled" | "narrower" | "other";

// MySQL Reference Manual, Integer Types; The BLOB and TEXT Types: from the smallest to the largest.
const FAMILIES: readonly (readonly string[])[] = [
  ["tinyint", "smallint", "mediumint", "int", "bigint"],
  ["tinytext", "text", "mediumtext", "longtext"],
  ["tinyblob", "blob", "mediumblob", "longblob"],
  ["float", "double"],
];
const SYNONYMS: Readonly<Record<string, string>> = {
  integer: "int",
  bool: "tinyint",
  boolean: "tinyint",
  numeric: "decimal",
  dec: "decimal",
  real: "double",
};

interface ColumnType {
  readonly name: string;
  readonly size: readonly number[];
  readonly unsigned: boolean;
}

/** Compares two MySQL column types, such as `"decimal(18,2)"` and `"decimal(18,4)"`. */
export function compareTypes(before: string, after: string): TypeChange {
  const [older, newer] = [parseType(before), parseType(after)];
  const texts = older.name === "varchar" || older.name === "char";
  if (texts && FAMILIES[1]?.includes(newer.name)) return "wider";
  if (FAMILIES[1]?.includes(older.name) && (newer.name === "varchar" || newer.name === "char"))
    return "narrower";
  const family = FAMILIES.find((names) => names.includes(older.name) && names.includes(newer.name));
  if (family) {
    const order = family.indexOf(newer.name) - family.indexOf(older.name);
    if (older.unsigned === newer.unsigned) return order === 0 ? "same" : order > 0 ? "wider" : "narrower";
    // A signed type holds an unsigned one only if it is larger; an unsigned type never holds a signed one.
    return older.unsigned && order > 0 ? "wider" : "narrower";
  }
  if (older.name !== newer.name) return "other";
  if (older.name === "decimal") return compareDecimals(older.size, newer.size);
  if (older.name === "enum" || older.name === "set") return before === after ? "same" : "other";
  const order = (newer.size[0] ?? 0) - (older.size[0] ?? 0);
  return order === 0 ? "same" : order > 0 ? "wider" : "narrower";
}

function compareDecimals(older: readonly number[], newer: readonly number[]): TypeChange {
  const [oldDigits = 10, oldScale = 0, digits = 10, scale = 0] = [older[0], older[1], newer[0], newer[1]];
  if (oldDigits === digits && oldScale === scale) return "same";
  if (scale < oldScale || digits < oldDigits) return "narrower";
  return digits - scale >= oldDigits - oldScale ? "wider" : "rescaled";
}

function parseType(text: string): ColumnType {
  const [, name = "", size = "", rest = ""] =
    /^\s*(\w+)\s*(?:\(([^)]*)\))?(.*)$/.exec(text.toLowerCase()) ?? [];
  return {
    name: SYNONYMS[name] ?? name,
    size: size.split(",").map(Number).filter(Number.isFinite),
    unsigned: rest.includes("unsigned"),
  };
}
