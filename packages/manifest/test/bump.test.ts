import { describe, expect, test } from "vitest";
import { bump, findManifest, renderBump, RULES, shippedManifests, type BumpLevel } from "../src/index.ts";

const manifests = shippedManifests();
const get = (name: string) => findManifest(manifests, name);

describe("bump", () => {
  test.each<[from: string, to: string, version: string, level: BumpLevel, why: string]>([
    ["example-1.0", "example-2.0", "2.0", "major", "the versioning example: FSPIOP 1.1 to 2.0"],
    ["1.0", "1.1", "1.1", "minor", "PI-11 versioning slides: FSPIOP 1.0 to 1.1, Helm 10.1.0 to 10.4.0"],
  ])("%s to %s is v%s, a %s: %s", (from, to, version, level) => {
    expect(bump(get(from), get(to))).toMatchObject({ to: version, level, agrees: true });
  });

  test("the table of the versioning example comes out with the reasons", () => {
    expect(renderBump(bump(get("example-1.0"), get("example-2.0")), "markdown").split("\n")).toEqual([
      "| Mojaloop | v1.0 | v2.0 | major |  |",
      "| --- | --- | --- | --- | --- |",
      "| Part | From | To | Step | Why |",
      `| FSPIOP API | 1.1 | 2.0 | major | ${RULES["api-major"].text} |`,
      `| Settlement API | not stated | not stated | unknown | ${RULES["not-stated"].text} |`,
      `| Admin/Operations API | not stated | not stated | unknown | ${RULES["not-stated"].text} |`,
      `| Helm | 11.0.0 | 12.0.0 | hotfix | ${RULES["helm-only"].text} |`,
      `| DB Schema | 11.0 | 12.0 | hotfix | ${RULES["schema-only"].text} |`,
      `| Internal Messaging | 11.0 | 12.0 | hotfix | ${RULES["schema-only"].text} |`,
    ]);
  });

  test("a removed major of an API is a major", () => {
    const after = get("example-2.0");
    expect(bump(after, get("example-1.0")).rows[0]).toMatchObject({ level: "major", rule: "api-removed" });
  });

  test("what the services accept counts where it gives the higher step: Helm 16.0.0 to 17.0.0 is a major", () => {
    const step = bump(get("16.0.0"), get("17.0.0"));
    expect(step.level).toBe("major");
    expect(step.rows[0]).toMatchObject({ part: "FSPIOP API (observed)", level: "major", observed: true });
  });

  test("two releases of which nothing is stated give an unknown step", () => {
    const silent = { ...get("example-1.0"), mojaloopVersion: [], apis: {} };
    const step = bump(silent, get("example-2.0"));
    expect(step).toMatchObject({ level: "unknown", atLeast: "hotfix" });
    expect(renderBump(step)).toContain("Not known: FSPIOP API, Settlement API, Admin/Operations API.");
  });
});
