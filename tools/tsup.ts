import { defineConfig, type Options } from "tsup";

/** How every package is built: one output file a source entry, for ESM and CommonJS, each with its own declarations. */
export function library(
  entry: Options["entry"] & {},
  more: Pick<Options, "shims" | "noExternal"> = {},
): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry,
    format: ["esm", "cjs"],
    target: "node20",
    platform: "node",
    dts: true,
    clean: true,
    ...more,
    // Splitting stays at its default, on for ESM alone: for CommonJS tsup sends the chunks through sucrase, which cannot read
    // `x.async(y)` in a conditional. No module of ours has state, so a copy a subpath does no harm.
  });
}
