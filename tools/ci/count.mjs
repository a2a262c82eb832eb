// Prints the sum of the collected counts as the last line of a run, and fails if anything failed or nothing ran.
import { readFileSync } from "node:fs";

const [counts, failedSteps] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const line of readFileSync(counts, "utf8").split("\n").filter(Boolean)) {
  const [good, bad] = line.split(" ").map(Number);
  passed += good;
  failed += bad;
}
// A step that failed without a failing test, such as lint, still counts.
if (failed === 0) failed = Number(failedSteps);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
