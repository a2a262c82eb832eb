import { defineConfig } from "tsup";

// As tools/tsup.ts builds the libraries, with the place of the file known to the CommonJS copy, too: the data lie beside it.
export default defineConfig({
  entry: ["src/index.ts", "src/main.ts"],
  format: ["esm", "cjs"],
  target: "node20",
  platform: "node",
  dts: true,
  clean: true,
  shims: true,
  splitting: true,
});
