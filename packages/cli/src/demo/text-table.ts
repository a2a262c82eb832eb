/** Adds colour to a text, or returns it unchanged. */
export type Paint = (style: keyof typeof STYLES, text: string) => string;

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** Creates a `Paint` that adds colour, or none. */
export function createPaint(colour: boolean): Paint {
  return (style, text) => (colour ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text);
}

/** Lines of a table. A cell can have several lines; the highest cell sets the height of its row. */
export function tableLines(
  headings: readonly string[],
  rows: readonly (readonly (readonly string[])[])[],
  paint: Paint,
  styleOf: (cell: string, column: number) => string = (cell) => cell,
): string[] {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.flatMap((row) => row[column]?.map((line) => line.length) ?? [])),
  );
  const line = (cells: readonly string[], style: (cell: string, column: number) => string): string =>
    `  ${cells.map((cell, column) => style(cell, column) + " ".repeat((widths[column] ?? 0) - cell.length)).join("  ")}`.trimEnd();
  const rule = `  ${widths.map((width) => "─".repeat(width)).join("  ")}`;
  return [
    line(headings, (cell) => paint("bold", cell)),
    paint("dim", rule),
    ...rows.flatMap((row) => {
      const height = Math.max(...row.map((cell) => cell.length));
      return Array.from({ length: height }, (_, at) =>
        line(
          row.map((cell) => cell[at] ?? ""),
          styleOf,
        ),
      );
    }),
  ];
}
