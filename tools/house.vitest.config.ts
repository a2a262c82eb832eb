import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

// The tests of the repository itself. No version of Node and no program on the machine changes their result, so they run once.
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ["test/house/**/*.test.ts"],
    outputFile: { json: ".house-report.json" },
  },
});
