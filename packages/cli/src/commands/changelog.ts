import { renderChangelog } from "@mojaloop-versioning/transform";
import { convertibleApi, shippedChanges } from "../conversions.ts";
import { examples, type AddCommands } from "../context.ts";
import { CommandError, EXIT } from "../exit.ts";

/** `changelog FROM TO`. */
export const addChangelog: AddCommands = (command, { io }) => {
  command
    .argument("<from>")
    .argument("<to>")
    .addHelpText(
      "after",
      examples(
        ["What must a DFSP on FSPIOP 1.1 know of 2.0?", "mojaver changelog fspiop/1.1 fspiop/2.0"],
        ["And what of the way back?", "mojaver changelog fspiop/2.0 fspiop/1.1"],
      ),
    )
    .action((from: string, to: string) => {
      const [left, right] = [convertibleApi(from), convertibleApi(to)];
      if (left.api !== right.api) {
        throw new CommandError(EXIT.usage, `${from} and ${to} are versions of different APIs`);
      }
      io.out(
        renderChangelog(shippedChanges, {
          from: left.entry.version,
          to: right.entry.version,
          api: left.api,
        }),
      );
    });
};
