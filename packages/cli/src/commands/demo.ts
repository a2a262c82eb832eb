import { examples, jsonOption, print, type AddCommands } from "../context.ts";
import { EXIT } from "../exit.ts";

/** `demo`. */
export const addDemo: AddCommands = (program, context) => {
  program
    .command("demo")
    .description("play a scheme with payers on 1.0, 1.1 and 2.0 on this machine, and show every message")
    .addOption(jsonOption())
    .addHelpText("after", examples(["What became of which message, as data", "mojaver demo --json"]))
    .action(async ({ json }: { readonly json?: true }) => {
      // The whole of it is loaded for this command alone.
      const { playDemo } = await import("../demo/play-demo.ts");
      const { report, text } = await playDemo();
      if (!report.ok) context.exit(EXIT.findings);
      print(context, json, report, () => text(context.io.colour));
    });
};
