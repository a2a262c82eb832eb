import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "..");

async function bundle(...entries: string[]): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: {
      contents: entries.map((entry) => `export * from "./src/${entry}.ts";`).join("\n"),
      resolveDir: FOLDER,
    },
    bundle: true,
    minify: true,
    write: false,
    platform: "node",
    format: "esm",
    conditions: ["@mojaloop-versioning/source"],
    external: ["express", "fastify", "@hapi/hapi", "prom-client"],
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

// The README promises at most 15 kB, minified and gzipped, for the core and one framework.
test.each(["express", "fastify", "hapi", "node"])(
  "the core with %s weighs at most 15 kB",
  async (framework) => {
    const text = await bundle("index", framework);
    expect(gzipSync(text).length).toBeLessThanOrEqual(15_000);
    expect(new TextDecoder().decode(text)).toContain("vnd.interoperability");
  },
);

// The README promises at most three packages, this one included.
test("installing it installs at most three packages", () => {
  const { dependencies } = JSON.parse(readFileSync(join(FOLDER, "package.json"), "utf8")) as {
    dependencies: Record<string, string>; // our own manifest
  };
  expect(Object.keys(dependencies)).toEqual(["@mojaloop-versioning/protocol", "fastify-plugin"]);
});
