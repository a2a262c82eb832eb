import { defineConfig } from "vitest/config";

// Siblings resolve to their TypeScript sources: no build is needed to test.
const conditions = ["@mojaloop-versioning/source", "node", "import", "module", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", ["json", { outputFile: ".test-report.json" }]],
  },
});
