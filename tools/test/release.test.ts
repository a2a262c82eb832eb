import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { describe, expect, test } from "vitest";
import { dryRun } from "../release/publish.ts";
import { PACKAGES, ROOT } from "./workspace.ts";

const WORKFLOWS = join(ROOT, ".github/workflows");

describe.each(PACKAGES)("$name", ({ name, folder }) => {
  const published = dryRun(folder);

  test("npm publish --dry-run lists its documents, its licence and what was built", () => {
    for (const file of ["README.md", "CHANGELOG.md", "LICENSE", "NOTICE", "package.json"])
      expect(published.files).toContain(file);
    expect(published.files.some((file) => file.startsWith("dist/"))).toBe(true);
    expect(published.files.filter((file) => /^(src|test|generate)\//.test(file))).toEqual([]);
    expect(published.files.includes("MIGRATING.md")).toBe(readdirSync(folder).includes("MIGRATING.md"));
  });

  test("npm, GitHub and a reader find where it comes from", () => {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<
      string,
      unknown
    >;
    expect(manifest).toMatchObject({
      repository: { type: "git", directory: `packages/${name}` },
      homepage: expect.stringContaining(`packages/${name}`) as string,
      bugs: expect.stringContaining("/issues") as string,
      author: expect.any(String) as string,
      publishConfig: { access: "public" },
    });
    expect((manifest["keywords"] as string[]).length).toBeGreaterThan(2);
    expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(
      `npm install @mojaloop-versioning/${name}`,
    );
  });

  test("typesVersions offers to node10 what exports offers to others", () => {
    const { exports = {}, typesVersions = {} } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    ) as { exports?: Record<string, unknown>; typesVersions?: Record<string, Record<string, string[]>> };
    const subpaths = Object.keys(exports).filter((path) => path !== "." && !path.endsWith(".json"));
    const offered = Object.entries(typesVersions["*"] ?? {}).filter(
      ([path]) => path !== "dist/*" && !path.endsWith(".json"),
    );
    expect(offered.map(([path]) => `./${path}`)).toEqual(subpaths);
    for (const [path, types] of offered) {
      const { require: required } = exports[`./${path}`] as { require: { types: string } };
      expect(types).toEqual([required.types]);
    }
  });
});

// GitHub's own parser, with the schema that its editor and its runner use.
test.each(readdirSync(WORKFLOWS))("the workflow %s is one that GitHub accepts", (name) => {
  const content = readFileSync(join(WORKFLOWS, name), "utf8");
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
  expect(value).toBeDefined();
});

test("GitHub's parser sees a mistake", () => {
  const content = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    stepz: []\n";
  const { context } = parseWorkflow({ name: "wrong.yml", content }, new NoOperationTraceWriter());
  expect(context.errors.getErrors()).not.toEqual([]);
});
