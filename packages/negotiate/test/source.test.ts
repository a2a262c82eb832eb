import { describe, expect, test } from "vitest";
import { createNegotiator, createParticipantVersions } from "../src/index.ts";

const T = "application/vnd.interoperability.transfers+json";
const { negotiate } = createNegotiator({ offer: { transfers: ["1.0"] } });
const BASE = [
  ["Accept", T],
  ["Content-Type", `${T};version=1.0`],
] as const;

// An accepted source becomes a header and a path segment later; docs/decisions.md 22 for the contradictions.
describe("FSPIOP-Source", () => {
  test.each<[lines: readonly string[], expected: string, why: string]>([
    [[], "agreed", "absent: fspiopHeaders can require it"],
    [["dfspa"], "agreed dfspa", "an FSP id"],
    [["dfspa", "dfspa"], "agreed dfspa", "the same twice"],
    [["dfspa", "dfspb"], "400 3101", "two senders"],
    [["dfspa, dfspb"], "400 3101", "two senders in one line (RFC 9110 5.3)"],
    [[""], "400 3101", "empty"],
    [["dfsp\ta"], "400 3101", "a tab"],
    [["../admin"], "400 3101", "a path"],
    [["x".repeat(33)], "400 3101", "longer than FspId, 32 characters"],
    [["b\u00e4nk"], "400 3101", "not ASCII"],
  ])("%j: %s (%s)", (lines, expected) => {
    const headers = [...BASE, ...lines.map((line) => ["FSPIOP-Source", line] as const)];
    const outcome = negotiate({ method: "POST", url: "/transfers", headers });
    const seen = outcome.ok
      ? ["agreed", ...(outcome.managed && outcome.source !== undefined ? [outcome.source] : [])].join(" ")
      : `${outcome.status} ${outcome.errorCode}`;
    expect(seen).toBe(expected);
  });

  test("the refusal says what an FSP id is, within 128 characters", () => {
    const headers = { accept: T, "content-type": `${T};version=1.0`, "fspiop-source": "" };
    const outcome = negotiate({ method: "POST", url: "/transfers", headers });
    if (outcome.ok) throw new Error("it is refused");
    const { errorDescription } = outcome.body.errorInformation;
    expect(errorDescription).toMatch(/^FSPIOP-Source is malformed; send one FSP id/);
    expect(errorDescription.length).toBeLessThanOrEqual(128);
  });
});

test("participants are learned by valid FSP ids only, so that the memory holds short keys", () => {
  const versions = createParticipantVersions();
  const base = { resource: "transfers", content: "1.0" } as const;
  for (let i = 0; i < 100; i++) versions.learn({ ...base, source: `${i}`.padEnd(1_000, "x") });
  versions.learn({ ...base, source: "dfspa" });
  expect(versions.learned().map(({ participant }) => participant)).toEqual(["dfspa"]);
});
