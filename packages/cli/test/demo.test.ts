import { expect, test } from "vitest";
import type { DemoReport } from "../src/demo/report.ts";
import { mojaver } from "./mojaver.ts";

test("the demo takes transfers through 1.0, 1.1 and 2.0, and every check holds", async () => {
  const { code, out, err } = await mojaver(["demo", "--json"]);
  const { ok, scenes, checks } = JSON.parse(out) as DemoReport; // what the command prints
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect({ code, ok, err }).toEqual({ code: 0, ok: true, err: "" });
  expect(scenes.map(({ scene, participant }) => `${scene} ${participant}`)).toEqual([
    "transfer payer-1.0",
    "transfer payer-1.1",
    "transfer payer-2.0",
    "refusal newcomer",
    "error callback payer-2.0",
    "proposal payer-1.1",
  ]);
  const versions = scenes[0]?.hops.flatMap(({ versionIn, versionOut }) => [versionIn, versionOut]);
  expect(new Set(versions)).toEqual(new Set(["1.0", "1.1", "2.0"]));
  // The transfer whose payer knows no quoteId got one on its way, of the ILP packet.
  expect(scenes.at(-1)?.hops[0]?.changed).toContain("added /quoteId (transfers/require-quote-id)");
});

test("its text has no colour where it is no terminal, and fits in 140 columns", async () => {
  const { out } = await mojaver(["demo"]);
  expect(out).not.toContain("\u001b");
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(140);
});

test("an unknown option is an error in the command", async () => {
  expect(await mojaver(["demo", "--jsonn"])).toMatchObject({ code: 2, out: "" });
});
