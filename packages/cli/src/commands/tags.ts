import { readFileSync } from "node:fs";
import { Option } from "commander";
import { shippedManifests, imageTags } from "@mojaloop-versioning/manifest";
import { compareTags, parseTag, newestTags, type TagKind } from "@mojaloop-versioning/manifest/tags";
import { examples, jsonOption, print, type AddCommands, type Context } from "../context.ts";

interface Options {
  readonly line?: string;
  readonly also: readonly TagKind[];
  readonly from?: string;
  readonly json?: boolean;
}

/** `tags newest|sort`. */
export const addTags: AddCommands = (command, context) => {
  command
    .command("newest <image>")
    .description(
      "the tags of an image that an operator may take, newest first: of the manifests that ship, or of a list",
    )
    .option("--line <version>", "only of this line: 10, 10.4 or 10.4.1")
    .addOption(
      new Option("--also <kinds...>", "offer these too")
        .choices(["snapshot", "prerelease", "variant"])
        .default([], "none"),
    )
    .option("--from <file>", "a file with a tag on each line; - is standard input")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples([
        "The newest patch of a line, of a registry's list",
        "mojaver tags newest mojaloop/central-ledger --line 10.4.1 --from tags.txt",
      ]),
    )
    .action(async (image: string, { line, also, from, json }: Options) => {
      const known = from === undefined ? imageTags(shippedManifests(), image) : await listFrom(from, context);
      const offered = newestTags(known, { also, ...(line !== undefined && { line }) });
      print(context, json, offered, () =>
        offered.length === 0 ? `no tag of ${image} that may be offered` : offered.join("\n"),
      );
      if (offered.length === 0) context.exit(1);
    });

  command
    .command("sort [file]")
    .description("order tags, oldest first; without FILE, those on standard input")
    .addOption(jsonOption())
    .action(async (file: string | undefined, { json }: Options) => {
      const sorted = (await listFrom(file ?? "-", context)).sort(compareTags);
      print(
        context,
        json,
        sorted.map((text) => parseTag(text) ?? { text }),
        () => sorted.join("\n"),
      );
    });
};

async function listFrom(file: string, { io }: Context): Promise<string[]> {
  const text = file === "-" ? await io.readIn() : readFileSync(file, "utf8");
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
