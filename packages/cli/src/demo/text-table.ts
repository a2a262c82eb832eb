/** A column: its heading, and what stands in it when it is too narrow is cut there. */
export interface Column {
  readonly heading: string;
  readonly width?: number;
}

/** Puts colour on a text; on no terminal it gives the text back. */
export type Paint = (style: keyof typeof STYLES, text: string) => string;

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** Colour on a terminal only, and not against the person's wish (no-color.org). */
export function createPaint(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): Paint {
  const coloured = stream.isTTY === true && !environment["NO_COLOR"] && environment["TERM"] !== "dumb";
  return (style, text) => (coloured ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text);
}

/** Lines of a table; a cell may hold several lines, and the rows are as high as their highest cell. */
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
