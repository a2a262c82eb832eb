// Adds the counts of the test reports that lie in the packages now to the file named by the first argument.
import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [counts] = process.argv.slice(2);
const folders = [...readdirSync("packages").map((name) => join("packages", name)), "tools"];
const reports = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /^\..*-report\.json$/.test(name))
    .map((name) => join(folder, name)),
);
for (const file of reports) {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(file, "utf8"));
  // A file that cannot be loaded fails without a test having failed.
  const failed = numFailedTests || numFailedTestSuites;
  appendFileSync(counts, `${numPassedTests} ${failed}\n`);
}
