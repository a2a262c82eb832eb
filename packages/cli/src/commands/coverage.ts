import { VersioningError } from "@mojaloop-versioning/protocol";
import type { CoverageRow } from "@mojaloop-versioning/transform";
import { shippedRegistry } from "../conversions.ts";
import { examples, jsonOption, print, type AddCommands } from "../context.ts";

interface Options {
  readonly resource?: string;
  readonly json?: boolean;
}

/** `coverage`. */
export const addCoverage: AddCommands = (command, context) => {
  command
    .option("--resource <name>", "only this resource: quotes")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples(
        ["What becomes of quotes between versions?", "mojaver coverage --resource quotes"],
        [
          "Which operations cannot be said in an older version at all?",
          `mojaver coverage --json | jq '.[] | select(.class == "refused")'`,
        ],
      ),
    )
    .addHelpText("after", CLASSES)
    .action(({ resource, json }: Options) => {
      const registry = shippedRegistry();
      const known = Object.keys(registry.resources);
      if (resource !== undefined && !known.includes(resource)) {
        const message = `no conversions of the resource "${resource}"; known are ${known.join(", ")}`;
        throw new VersioningError("unknown-version", message);
      }
      const rows = registry.coverage().filter((row) => resource === undefined || row.resource === resource);
      print(context, json, rows, () => table(rows));
      if (rows.some((row) => row.class === "missing")) context.exit(1);
    });
};

const CLASSES = `
Classes, best first:
  identity  nothing changes
  lossless  both ways without loss
  stash     what has no place travels in the extension list
  lossy     something is dropped
  refused   every message is refused
  missing   nothing settles it; mojaver exits with 1`;

const HEADINGS = ["resource", "operation", "from", "to", "class", "changes"];

function table(rows: readonly CoverageRow[]): string {
  const cells = rows.map(({ resource, operation, from, to, class: grade, changes, missing }) => [
    resource,
    operation,
    from,
    to,
    grade,
    [...changes, ...missing.map((pointer) => `unsettled ${pointer || "operation"}`)].join(", ") || "-",
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  return [HEADINGS, ...cells]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
