import { expect, test } from "vitest";
import { commands } from "../src/commands/index.ts";
import own from "../package.json" with { type: "json" };
import { mojaver } from "./mojaver.ts";
import { run } from "../src/index.ts";

test.each(commands.map(({ name }) => [name]))("mojaver help %s is mojaver %s --help", async (name) => {
  const help = await mojaver([name, "--help"]);
  expect(help).toMatchObject({ code: 0, err: "" });
  expect(help.out).toMatch(new RegExp(`^Usage: mojaver ${name} `));
  expect(await mojaver(["help", name])).toEqual(help);
});

test("mojaver and mojaver --help print the same: commands, examples, exit codes", async () => {
  const alone = await mojaver([]);
  expect(alone).toEqual(await mojaver(["--help"]));
  expect(alone.out).toMatch(/Examples:[^]*\nExit codes: 0 success, 1 findings/);
});

// A program of its own colours, or not; the commands that judge are in mojaver.test.ts.
test.each([
  [true, "\u001b[31m[blocks]\u001b[39m"],
  [false, "\n[blocks]"],
])("colour %s, which a terminal decides: %j", async (colour, says) => {
  let out = "";
  await run(["upgrade", "check", "16.0.0", "17.0.0"], {
    out: (text) => (out += text),
    err: () => undefined,
    readIn: () => Promise.resolve(""),
    colour,
    today: "2026-11-21",
  });
  expect(out).toContain(says);
  expect(out.includes("\u001b")).toBe(colour);
});

test("--version is that of the package; a command may have one of its own", async () => {
  expect(await mojaver(["--version"])).toEqual({ code: 0, out: `${own.version}\n`, err: "" });
  expect((await mojaver(["simulate", "--version", "9.9"])).code).toBe(2);
});

test.each([
  [
    ["upgrade", "path", "16.0.0", "17.0.0", "--with", "/nowhere/m.json"],
    "/nowhere/m.json: cannot be read (ENOENT)",
  ],
  [["tags", "newest", "x", "--from", "/nowhere/tags"], "/nowhere/tags: cannot be read (ENOENT)"],
  [["support", "gaps", "--releases", "/nowhere/r.yaml"], "/nowhere/r.yaml: cannot be read (ENOENT)"],
  [["can-talk", "--hub", "17.0.0", "--payer", "1.1", "--payee", "1.x"], '"1.x"'],
])("%j complains in one line: %s", async (words, says) => {
  const { code, out, err } = await mojaver(words);
  expect([code, out]).toEqual([3, ""]);
  expect(err).toContain(says);
  expect(err.trim().split("\n")).toHaveLength(1);
});
