/** How a table is written. */
export type TableFormat = "text" | "markdown";

/** Rows of cells as a table. In text the columns are padded; in Markdown pipes are escaped and the first row is the head. */
export function formatTable(rows: readonly (readonly string[])[], format: TableFormat): string {
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const full = rows.map((row) => Array.from({ length: columns }, (_, i) => row[i] ?? ""));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...full.map((row) => (row[i] ?? "").length)),
  );
  if (format === "text") {
    return full
      .map((row) =>
        row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join("  ")
          .trimEnd(),
      )
      .join("\n");
  }
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const [head = [], ...body] = full;
  return [line(head), line(Array.from({ length: columns }, () => "---")), ...body.map(line)].join("\n");
}
