import { diffSpecs, renderChangelog } from "@mojaloop-versioning/spec-diff";
import { examples, type AddCommands } from "../context.ts";
import {
  addCompareOptions,
  compareOptionsOf,
  readBoth,
  writeOutput,
  type CompareFlags,
} from "./specs-diff.ts";

/** `specs changelog A B`. */
export const addSpecsChangelog: AddCommands = (specs, { io }) => {
  addCompareOptions(
    specs
      .command("changelog")
      .description("what an integrator must know of the change from A to B, as Markdown"),
  )
    .addHelpText(
      "after",
      examples([
        "What changes for users of my API in the next release?",
        "mojaver specs changelog v1.4.0:api.yaml api.yaml --output CHANGELOG.api.md",
      ]),
    )
    .action(async (base: string | undefined, revision: string | undefined, flags: CompareFlags) => {
      const [old, now] = await readBoth(base, revision, flags);
      const result = diffSpecs(old.document, now.document, compareOptionsOf(flags, old, now, io.today));
      const text = renderChangelog(result);
      if (flags.output === undefined) io.out(text);
      else writeOutput(flags.output, text);
    });
};
