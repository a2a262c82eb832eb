// Adds the counts of the test reports that lie in the packages now to the file named by the first argument.
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [counts] = process.argv.slice(2);
const folders = [...readdirSync("packages").map((name) => join("packages", name)), "tools"];
for (const folder of folders) {
  const file = join(folder, ".test-report.json");
  if (!existsSync(file)) continue;
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(file, "utf8"));
  // A file that cannot be loaded fails without a test having failed.
  const failed = numFailedTests || numFailedTestSuites;
  appendFileSync(counts, `${numPassedTests} ${failed}\n`);
}
