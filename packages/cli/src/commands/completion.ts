import { Argument, type Command } from "commander";
import type { AddCommands } from "../context.ts";

/** `completion SHELL`. */
export const addCompletion: AddCommands = (command, { io }) => {
  command.addArgument(new Argument("<shell>").choices(["bash", "zsh", "fish"])).action((shell: string) => {
    const words = wordsOf(command.parent ?? command, []);
    io.out(shell === "fish" ? fish(words) : bash(words, shell === "zsh"));
  });
};

// The words that can follow each start of a command line: `"manifest show"` → `--full …`.
function wordsOf(command: Command, path: readonly string[]): [path: string, words: string[]][] {
  const visible = command.commands.filter((below) => below.name() !== "help");
  const words = [
    ...visible.map((below) => below.name()),
    ...command.options.flatMap(({ long }) => long ?? []),
    "--help",
  ];
  return [[path.join(" "), words], ...visible.flatMap((below) => wordsOf(below, [...path, below.name()]))];
}

function bash(words: readonly [string, string[]][], zsh: boolean): string {
  const cases = [...words].reverse().map(([path, list]) => `    "${path}"*) words="${list.join(" ")}" ;;`);
  return [
    ...(zsh ? ["autoload -U +X bashcompinit && bashcompinit"] : []),
    "_mojaver() {",
    '  local line="${COMP_WORDS[*]:1:COMP_CWORD-1}" words',
    '  case "$line" in',
    ...cases,
    "  esac",
    '  COMPREPLY=($(compgen -W "$words" -f -- "${COMP_WORDS[COMP_CWORD]}"))',
    "}",
    "complete -F _mojaver mojaver",
    "",
  ].join("\n");
}

function fish(words: readonly [string, string[]][]): string {
  const lines = words.flatMap(([path, list]) => {
    const steps = path === "" ? [] : path.split(" ");
    const seen = steps.map((step) => `__fish_seen_subcommand_from ${step}`).join("; and ");
    const condition = steps.length === 0 ? "__fish_use_subcommand" : seen;
    return list.map((word) =>
      word.startsWith("--")
        ? `complete -c mojaver -n '${condition}' -l ${word.slice(2)}`
        : `complete -c mojaver -n '${condition}' -a ${word}`,
    );
  });
  return `${lines.join("\n")}\n`;
}
