import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { build, type BuildOptions } from "esbuild";

// tsup's declaration bundler takes eight times longer over these files than tsc, and would print nothing for the modules that hold
// types alone. The declarations need no bundling: each module's stands on its own.
const out = "dist";
const entryPoints = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)(index|schemas|validate)\.ts$/.test(file))
  .map((file) => join("src", file));

const shared: BuildOptions = {
  entryPoints,
  outdir: out,
  outbase: "src",
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  logLevel: "warning",
};

rmSync(out, { recursive: true, force: true });
await build({ ...shared, format: "esm", splitting: true, chunkNames: "chunks/[name]-[hash]" });
await build({ ...shared, format: "cjs", outExtension: { ".js": ".cjs" } });
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { stdio: "inherit" });
// A declaration names its neighbours as a consumer of its own kind of module finds them.
for (const file of readdirSync(out, { recursive: true, encoding: "utf8" })) {
  if (!file.endsWith(".d.ts")) continue;
  const declaration = readFileSync(join(out, file), "utf8");
  const neighbours = (extension: string): string =>
    declaration.replaceAll(/(from "\.[^"]*)\.ts"/g, `$1.${extension}"`);
  writeFileSync(join(out, file), neighbours("js"));
  writeFileSync(join(out, file.replace(/\.d\.ts$/, ".d.cts")), neighbours("cjs"));
}
