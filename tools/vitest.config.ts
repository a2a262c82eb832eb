import { defineConfig } from "vitest/config";

// Siblings resolve to their TypeScript sources: no build is needed to test. Vitest hands the list to Node as well, where "import" or
// "module" in it would lead a CommonJS dependency's require to an ES module.
const conditions = ["@mojaloop-versioning/source", "node"];

// nx forces colours on whatever it starts; the programs that tests start see a plain environment, as in a pipe.
delete process.env["FORCE_COLOR"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    // It imports JSON as bundlers do, which Node does not.
    server: { deps: { inline: ["@actions/workflow-parser"] } },
    // Only a hang fails by time: programs that start, and machines that are busy, take what they take.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", "json"],
    outputFile: { json: ".test-report.json" },
  },
});
