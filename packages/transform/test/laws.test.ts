import { describe, expect, test } from "vitest";
import { createRegistry, fspiopChanges, settlementChanges } from "../src/index.ts";
import { laws } from "../src/testing.ts";

// LAW_RUNS=1000 checks many more bodies; the default keeps the suite short.
const runs = Number(process.env["LAW_RUNS"] ?? 10);
const registry = createRegistry([...fspiopChanges, ...settlementChanges]);
const all = laws(registry, {
  runs,
  lookup: (name) => (name === "settlementModel" ? "DEFERREDNET" : undefined),
});

test("there are laws for every operation with a body and more than one version", () => {
  expect(all.length).toBeGreaterThan(70);
});

describe("laws", () => {
  test.each(all.map((law) => [law.name, law] as const))("%s", (_name, law) => {
    law.check();
  });
});
