import type { Command } from "commander";
import { run } from "../src/index.ts";
import { createProgram } from "../src/program.ts";

/** The program itself, with one command loaded, or all of them; it writes nowhere. */
export async function programWith(wanted: string | undefined): Promise<Command> {
  const io = {
    out: () => undefined,
    err: () => undefined,
    readIn: () => Promise.resolve(""),
    colour: false,
    today: "2026-11-21",
  };
  return createProgram({ io, exit: () => undefined }, wanted);
}

/** What a command left behind. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in this process, with the words after its name. */
export async function mojaver(words: readonly string[], input = ""): Promise<Ended> {
  let out = "";
  let err = "";
  const code = await run(words, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    readIn: () => Promise.resolve(input),
    colour: false,
    today: "2026-11-21",
  });
  return { code, out, err };
}
