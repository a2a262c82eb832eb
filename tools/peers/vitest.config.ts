import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vitest/config";
import shared from "../vitest.config.ts";

export default mergeConfig(
  shared,
  defineConfig({
    root: fileURLToPath(new URL(".", import.meta.url)),
    test: { outputFile: { json: "../.peers-report.json" } },
  }),
);
