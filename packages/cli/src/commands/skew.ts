import { findingLines, parseServiceVersion, renderSkew, skew } from "@mojaloop-versioning/manifest";
import { examples, jsonOption, print, type AddCommands } from "../context.ts";
import { EXIT } from "../exit.ts";
import { manifestsWith } from "../manifests.ts";

interface Options {
  readonly with?: readonly string[];
  readonly json?: boolean;
}

/** `skew SERVICE@A SERVICE@B`. */
export const addSkew: AddCommands = (command, context) => {
  command
    .argument("<first>", "SERVICE@VERSION")
    .argument("<second>", "SERVICE@VERSION")
    .option("--with <file...>", "manifests of your own, as further evidence")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples(
        ["May two versions share a database?", "mojaver skew central-ledger@10.1.0 central-ledger@10.5.2"],
        ["May two services run together?", "mojaver skew central-ledger@10.0.1 ml-api-adapter@10.1.0"],
      ),
    )
    .action((first: string, second: string, { with: files = [], json }: Options) => {
      const services = [parseServiceVersion(first), parseServiceVersion(second)] as const;
      const answer = skew(manifestsWith(files), ...services);
      print(context, json, answer, () =>
        [renderSkew(answer), ...answer.findings.flatMap((finding) => ["", ...findingLines(finding)])].join(
          "\n",
        ),
      );
      if (answer.verdict === "blocks") context.exit(EXIT.findings);
      else if (answer.verdict === "unknown") context.exit(EXIT.unknown);
    });
};
