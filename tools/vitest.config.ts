import { defineConfig } from "vitest/config";

// Siblings resolve to their TypeScript sources: no build is needed to test. Vitest hands the list to Node as well, where "import" or
// "module" in it would lead a CommonJS dependency's require to an ES module.
const conditions = ["@mojaloop-versioning/source", "node"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", ["json", { outputFile: ".test-report.json" }]],
  },
});
