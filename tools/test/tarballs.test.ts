import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createConsumer, specifiersOf, type Consumer } from "./consumer.ts";
import { PACKAGES, ROOT } from "./workspace.ts";

let consumer: Consumer;

beforeAll(() => {
  consumer = createConsumer();
}, 300_000);

afterAll(() => {
  rmSync(consumer.folder, { recursive: true, force: true });
});

const specifiers = PACKAGES.flatMap(specifiersOf);

/** Runs a program in the consumer's folder and reads the JSON it prints: specifier → names of its exports. */
function exportsSeenBy(extension: "mjs" | "cjs"): Record<string, string[]> {
  const load = extension === "mjs" ? "await import(specifier)" : "require(specifier)";
  const file = join(consumer.folder, `all.${extension}`);
  writeFileSync(
    file,
    `const seen = {};
     for (const specifier of ${JSON.stringify(specifiers)}) {
       const { default: ignored, "module.exports": same, __esModule, ...named } = ${load};
       seen[specifier] = Object.keys(named).sort();
     }
     console.log(JSON.stringify(seen));`,
  );
  return JSON.parse(
    execFileSync(process.execPath, [file], { cwd: consumer.folder, encoding: "utf8" }),
  ) as Record<string, string[]>; // what the program above prints
}

describe("the packed tarballs, installed by npm into an empty folder", () => {
  test("every export resolves, and gives the same names to import and to require", () => {
    const esm = exportsSeenBy("mjs");
    expect(Object.keys(esm)).toEqual(specifiers);
    expect(exportsSeenBy("cjs")).toEqual(esm);
  }, 60_000);

  test("every export compiles for a strict consumer, as ESM and as CommonJS", () => {
    const imports = specifiers.map(
      (specifier, i) => `import * as m${String(i)} from ${JSON.stringify(specifier)};`,
    );
    const uses = specifiers.map((_, i) => `m${String(i)}`).join(", ");
    for (const extension of ["mts", "cts"]) {
      writeFileSync(
        join(consumer.folder, `all.${extension}`),
        `${imports.join("\n")}\nexport const all: unknown[] = [${uses}];\n`,
      );
    }
    const { stdout } = spawnSync(
      process.execPath,
      [
        "node_modules/typescript/bin/tsc",
        "--noEmit",
        "--strict",
        "--module",
        "nodenext",
        "--target",
        "es2022",
        "all.mts",
        "all.cts",
      ],
      { cwd: consumer.folder, encoding: "utf8" },
    );
    expect(stdout).toBe("");
  }, 120_000);

  test("every command starts", () => {
    for (const bin of PACKAGES.flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}))) {
      const { status, stdout } = spawnSync(join(consumer.folder, "node_modules", ".bin", bin), ["--help"], {
        encoding: "utf8",
      });
      expect(status).toBe(0);
      expect(stdout).toContain(bin);
    }
  });
});

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
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("attw has nothing to say", () => {
    const tarball = consumer.tarballs.get(name) ?? "";
    const { status, stdout } = spawnSync(
      join(ROOT, "node_modules/.bin/attw"),
      [tarball, "--profile", "node16", "--no-color", "--no-emoji"],
      { encoding: "utf8" },
    );
    expect(status, stdout).toBe(0);
  }, 60_000);
});
