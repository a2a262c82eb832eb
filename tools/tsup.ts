import { defineConfig, type Options } from "tsup";

/** How every package is built: one output file a source entry, for ESM and CommonJS, each with its own declarations. */
export function library(entry: Options["entry"] & {}): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry,
    format: ["esm", "cjs"],
    target: "node20",
    platform: "node",
    dts: true,
    clean: true,
    // Shared code lands in chunks, so that two subpaths of a package loaded together share one copy of it.
    splitting: true,
  });
}
