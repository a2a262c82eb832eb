import { Option } from "commander";
import {
  canTalk,
  renderTalk,
  speakerOf,
  type Coverage,
  type TableFormat,
} from "@mojaloop-versioning/manifest";
import { createRegistry, fspiopChanges } from "@mojaloop-versioning/transform";
import { examples, jsonOption, print, type AddCommands } from "../context.ts";
import { EXIT } from "../exit.ts";
import { manifestFor } from "../manifests.ts";

interface Options {
  readonly hub: string;
  readonly payer: string;
  readonly payee: string;
  readonly resources?: string;
  readonly failOn: "no" | "adapter" | "never";
  readonly format: TableFormat;
  readonly json?: boolean;
}

/** `can-talk --hub RELEASE --payer VERSIONS --payee VERSIONS`. */
export const addCanTalk: AddCommands = (command, context) => {
  command
    .requiredOption("--hub <release>", "the hub's release: a version, a manifest file, or a chart")
    .requiredOption(
      "--payer <versions>",
      "FSPIOP API versions of the payer: 1.1, or 1.1,2.0, or 2.0-iso20022",
    )
    .requiredOption("--payee <versions>", "the same of the payee")
    .option("--resources <names>", "resources that are needed (default: parties,quotes,transfers)")
    .addOption(
      new Option("--fail-on <answer>", "exit with 1 on").choices(["no", "adapter", "never"]).default("no"),
    )
    .addOption(new Option("--format <format>").choices(["text", "markdown"]).default("text"))
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples([
        "Can a DFSP on FSPIOP 1.1 pay one on 2.0 through a hub on Helm 17.0.0?",
        "mojaver can-talk --hub 17.0.0 --payer 1.1 --payee 2.0",
      ]),
    )
    .action(({ hub, payer, payee, resources, failOn, format, json }: Options) => {
      const talk = canTalk(manifestFor(hub), speakerOf(listOf(payer)), speakerOf(listOf(payee)), {
        coverage: coverageWithLosses(),
        ...(resources !== undefined && { resources: listOf(resources) }),
      });
      print(context, json, talk, () => renderTalk(talk, format));
      const failed = talk.verdict === "no" || (failOn === "adapter" && talk.verdict === "adapter");
      if (failOn === "never") return;
      if (failed) context.exit(EXIT.findings);
      else if (talk.verdict === "unknown") context.exit(EXIT.unknown);
    });
};

// What each conversion loses, with the members that its changes drop.
function coverageWithLosses(): Coverage {
  const dropped = new Map<string, string[]>();
  for (const change of fspiopChanges) {
    if ("down" in change && "lose" in change.down) dropped.set(change.id, Object.keys(change.down.lose));
  }
  return createRegistry(fspiopChanges)
    .coverage()
    .map((row) => ({
      ...row,
      loses: row.class === "lossy" ? row.changes.flatMap((id) => dropped.get(id) ?? []) : [],
    }));
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
