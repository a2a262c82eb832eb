import { Option } from "commander";
import { bump, renderBump, type TableFormat } from "@mojaloop-versioning/manifest";
import { examples, jsonOption, print, type AddCommands } from "../context.ts";
import { EXIT } from "../exit.ts";
import { manifestFor } from "../manifests.ts";

/** `bump FROM TO`. */
export const addBump: AddCommands = (command, context) => {
  command
    .argument("<from>")
    .argument("<to>")
    .addOption(new Option("--format <format>").choices(["text", "markdown"]).default("text"))
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples(
        ["The proposal's example, v1.0 to v2.0", "mojaver bump example-1.0 example-2.0"],
        ["Mojaloop 1.0 to 1.1", "mojaver bump 1.0 1.1"],
      ),
    )
    .action((from: string, to: string, { format, json }: { format: TableFormat; json?: boolean }) => {
      const step = bump(manifestFor(from), manifestFor(to));
      print(context, json, step, () => renderBump(step, format));
      if (step.level === "unknown") context.exit(EXIT.unknown);
    });
};
