import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { goldenRegistry, outcomesOf, type GoldenCase } from "./support/golden-case.ts";

// What a released version did with a message, every later one does too: a resend after an upgrade of the adapter must hash as
// before (API Definition 3.2.5.1).
const folder = resolve(import.meta.dirname, "golden");
const registry = goldenRegistry();

describe.each(readdirSync(folder))("%s", (file) => {
  const cases = readFileSync(resolve(folder, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as GoldenCase); // written by write-golden.ts

  test("has every operation of every version with a body", () => {
    expect(cases.length).toBeGreaterThan(200);
  });

  test.each(cases.map((golden, i) => [`${golden.operation} of ${golden.version}`, i, golden] as const))(
    "%s, line %i",
    (_name, _line, golden) => {
      // Versions that came after the release are not its to know.
      const outcomes = Object.entries(outcomesOf(registry, golden)).filter(([to]) => to in golden.outcomes);
      expect(JSON.parse(JSON.stringify(Object.fromEntries(outcomes)))).toEqual(golden.outcomes);
    },
  );
});
