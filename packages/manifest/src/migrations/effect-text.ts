import { EFFECT_KINDS, type Effect } from "./effect.ts";

// The form in which the shipped data stores effects: `add-column transfer quoteId type=varchar(36) null; data - -`.

/** Effects as one line of text. */
export function formatEffects(effects: readonly Effect[]): string {
  return effects
    .map(({ kind, table = "-", columns = [], name, type, nullable, hasDefault, text }) =>
      [
        kind,
        table,
        columns.length === 0 ? "-" : encode(columns.join(",")),
        ...(name === undefined ? [] : [`name=${name}`]),
        ...(type === undefined ? [] : [`type=${encode(type)}`]),
        ...(nullable === undefined ? [] : [nullable ? "null" : "not-null"]),
        ...(hasDefault ? ["default"] : []),
        ...(text === undefined ? [] : [`text=${encode(text)}`]),
      ].join(" "),
    )
    .join("; ");
}

/** The effects of a line that {@link formatEffects} wrote. */
export function parseEffects(line: string): Effect[] {
  return line.split("; ").flatMap((statement): Effect[] => {
    const [word, table = "-", columns = "-", ...rest] = statement.split(" ");
    const kind = EFFECT_KINDS.find((candidate) => candidate === word);
    if (!kind) return [];
    const value = (key: string): string | undefined =>
      rest.find((part) => part.startsWith(`${key}=`))?.slice(key.length + 1);
    const [name, type, text] = [value("name"), value("type"), value("text")];
    const nullable = rest.includes("null") ? true : rest.includes("not-null") ? false : undefined;
    const hasDefault = rest.includes("default");
    return [
      {
        kind,
        ...(table !== "-" && { table }),
        ...(columns !== "-" && { columns: decodeURIComponent(columns).split(",") }),
        ...(name !== undefined && { name }),
        ...(type !== undefined && { type: decodeURIComponent(type) }),
        ...(nullable !== undefined && { nullable }),
        ...(hasDefault && { hasDefault: true as const }),
        // A column that an alter makes NOT NULL without a type keeps its default.
        ...(nullable === false && !hasDefault && type !== undefined && { required: true as const }),
        ...(text !== undefined && { text: decodeURIComponent(text) }),
      },
    ];
  });
}

function encode(text: string): string {
  return text.replaceAll(/[\s%;]/g, (char) => encodeURIComponent(char));
}
