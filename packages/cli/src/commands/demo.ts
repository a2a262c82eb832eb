import { examples, jsonOption, print, type AddCommands } from "../context.ts";
import { EXIT } from "../exit.ts";

/** `demo`. */
export const addDemo: AddCommands = (command, context) => {
  command
    .addOption(jsonOption())
    .addHelpText("after", examples(["All messages and checks as data", "mojaver demo --json"]))
    .action(async ({ json }: { readonly json?: true }) => {
      // Loaded for this command only.
      const { playDemo } = await import("../demo/play-demo.ts");
      const { report, text } = await playDemo();
      if (!report.ok) context.exit(EXIT.findings);
      print(context, json, report, () => text(context.io.colour));
    });
};
