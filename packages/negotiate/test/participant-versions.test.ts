import { expect, test } from "vitest";
import { createParticipantVersions } from "../src/index.ts";

test("what a participant sends is learned: the version it writes, and the one it reads", () => {
  let now = 1000;
  const versions = createParticipantVersions({ now: () => now });
  versions.learn({ resource: "transfers", accept: "1.1", content: "1.0", source: "dfspa" });
  now = 2000;
  versions.learn({ resource: "transfers", content: "1.0", source: "dfspa" });
  expect(versions.versionsOf("dfspa", "transfers")).toEqual(["1.1", "1.0"]);
  expect(versions.learned()).toEqual([
    { participant: "dfspa", resource: "transfers", reads: "1.1", writes: "1.0", seen: 2000 },
  ]);
  expect(versions.versionFor("dfspa", "transfers", ["1.0", "2.0", "1.1"])).toBe("1.1");
  expect(versions.versionFor("dfspa", "transfers", ["2.0"])).toBeUndefined();
  expect(versions.versionFor("dfspa", "quotes", ["1.0"])).toBeUndefined();
  expect(versions.versionFor("dfspb", "transfers", ["1.0"])).toBeUndefined();
});

test("what is configured is never overruled", () => {
  const versions = createParticipantVersions({ configured: { dfspb: { transfers: ["1.0", "1.1"] } } });
  versions.learn({ resource: "transfers", content: "2.0", source: "dfspb" });
  expect(versions.versionsOf("dfspb", "transfers")).toEqual(["1.1", "1.0"]);
});

test("the memory is bounded: who was unseen for longest is forgotten", () => {
  const versions = createParticipantVersions({ limit: 2 });
  for (const source of ["a", "b", "a", "c"]) versions.learn({ resource: "quotes", content: "1.0", source });
  expect(versions.learned().map(({ participant }) => participant)).toEqual(["a", "c"]);
});

test("a message without a source teaches nothing, and names are just names", () => {
  const versions = createParticipantVersions();
  versions.learn({ resource: "quotes", content: "1.0" });
  versions.learn({ resource: "quotes", content: "1.0", source: "" });
  versions.learn({ resource: "quotes", content: "1.0", source: "__proto__" });
  expect(versions.learned().map(({ participant }) => participant)).toEqual(["__proto__"]);
  expect(versions.versionsOf("constructor", "quotes")).toEqual([]);
});

test("a mistake in the configuration is found at start", () => {
  expect(() => createParticipantVersions({ configured: { dfspb: { transfers: ["x" as "1.0"] } } })).toThrow(
    'configured.dfspb.transfers[0] is "x"',
  );
});
