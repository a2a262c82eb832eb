import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createConsumer, specifiersOf, type Consumer } from "./consumer.ts";
import { PACKAGES, ROOT } from "./workspace.ts";

// What no version of Node changes: run once, where tarballs.test.ts runs on each of them.

let consumer: Consumer;

beforeAll(() => {
  consumer = createConsumer();
}, 300_000);

afterAll(() => {
  rmSync(consumer.folder, { recursive: true, force: true });
});

test.each<[compiler: string, flags: readonly string[], kinds: readonly string[]]>([
  ["typescript", ["--module", "nodenext"], ["mts", "cts"]],
  ["typescript-7", ["--module", "nodenext"], ["mts", "cts"]],
  ["typescript", ["--module", "esnext", "--moduleResolution", "bundler"], ["mts"]],
  // CommonJS projects of before 2022 resolve without export maps: typesVersions serves them. The declarations of fast-check do not
  // compile there, so only ours are looked at.
  [
    "typescript",
    ["--module", "commonjs", "--moduleResolution", "node10", "--esModuleInterop", "--skipLibCheck"],
    ["ts"],
  ],
])(
  "every export compiles for a strict consumer: %s %j %j",
  (compiler, flags, kinds) => {
    const specifiers = PACKAGES.flatMap(specifiersOf);
    const imports = specifiers.map(
      (specifier, i) => `import * as m${String(i)} from ${JSON.stringify(specifier)};`,
    );
    const uses = specifiers.map((_, i) => `m${String(i)}`).join(", ");
    const files = kinds.map((kind) => `all.${kind}`);
    for (const file of files)
      writeFileSync(
        join(consumer.folder, file),
        `${imports.join("\n")}\nexport const all: unknown[] = [${uses}];\n`,
      );
    const { stdout } = spawnSync(
      process.execPath,
      [`node_modules/${compiler}/bin/tsc`, "--noEmit", "--strict", "--target", "es2022", ...flags, ...files],
      { cwd: consumer.folder, encoding: "utf8" },
    );
    expect(stdout).toBe("");
  },
  120_000,
);

describe.each(PACKAGES)("$name", ({ name, folder, manifest }) => {
  test("carries its licence and the notice, and says which Node it needs", () => {
    for (const file of ["LICENSE", "NOTICE"]) {
      expect(existsSync(join(consumer.folder, "node_modules", manifest.name, file))).toBe(true);
    }
    expect(manifest.license).toBe("Apache-2.0");
    expect(manifest.engines).toEqual({ node: ">=20.19.0" });
  });

  test("publint has nothing to say", async () => {
    const { messages, pkg } = await publint({ pkgDir: folder, strict: true });
    const said = messages.map((message) => formatMessage(message, pkg) ?? message.code);
    // The private condition leads to sources that a tarball does not carry, and that nobody outside the repository asks for.
    expect(said.filter((text) => !text.includes('["@mojaloop-versioning/source"]'))).toEqual([]);
  });

  test("attw has nothing to say", () => {
    const tarball = consumer.tarballs.get(name) ?? "";
    const { status, stdout } = spawnSync(
      join(ROOT, "node_modules/.bin/attw"),
      [tarball, "--no-color", "--no-emoji"],
      { encoding: "utf8" },
    );
    expect(status, stdout).toBe(0);
  }, 60_000);
});
