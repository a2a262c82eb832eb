import { literalOf, type Call } from "../migrations/script-text.ts";

// knex, Schema Builder, with the types that its MySQL dialect writes.
const FIXED: Readonly<Record<string, string>> = {
  increments: "int unsigned",
  bigIncrements: "bigint unsigned",
  bigincrements: "bigint unsigned",
  integer: "int",
  bigInteger: "bigint",
  bigint: "bigint",
  tinyint: "tinyint",
  smallint: "smallint",
  mediumint: "mediumint",
  boolean: "tinyint(1)",
  bool: "tinyint(1)",
  float: "float",
  double: "double",
  date: "date",
  dateTime: "datetime",
  datetime: "datetime",
  time: "time",
  timestamp: "timestamp",
  json: "json",
  jsonb: "json",
  uuid: "char(36)",
};

/** The MySQL type of a column call of knex, or `undefined` where the text computes it. */
export function columnTypeOf({ name, args }: Call, unsigned: boolean): string | undefined {
  const fixed = Object.hasOwn(FIXED, name) ? FIXED[name] : undefined;
  if (fixed !== undefined) return unsigned && !fixed.includes("unsigned") ? `${fixed} unsigned` : fixed;
  const numbers = args.slice(1).filter((arg) => /^\d+$/.test(arg));
  if (name === "string") return sized("varchar", args[1], "255");
  if (name === "char") return sized("char", args[1], "1");
  if (name === "binary") return args[1] === undefined ? "blob" : sized("varbinary", args[1], "255");
  if (name === "decimal")
    return args.slice(1).length === numbers.length
      ? `decimal(${numbers[0] ?? 8},${numbers[1] ?? 2})`
      : undefined;
  if (name === "text") return literalOf(args[1]) ?? (args[1] === undefined ? "text" : undefined);
  if (name === "enu" || name === "enum")
    return args[1]?.startsWith("[") ? `enum(${args[1].slice(1, -1)})` : undefined;
  return name === "specificType" ? literalOf(args[1])?.toLowerCase() : undefined;
}

function sized(type: string, size: string | undefined, standard: string): string | undefined {
  if (size === undefined) return `${type}(${standard})`;
  return /^\d+$/.test(size) ? `${type}(${size})` : undefined;
}
