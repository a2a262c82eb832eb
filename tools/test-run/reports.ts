import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestReport } from "./not-run.ts";

// Every test target leaves `.<target>-report.json` in its project.
const REPORT = /^\..*-report\.json$/;

function reportFiles(root: string): string[] {
  const projects = [...readdirSync(join(root, "packages")).map((name) => join("packages", name)), "tools"];
  return projects.flatMap((project) =>
    readdirSync(join(root, project))
      .filter((name) => REPORT.test(name))
      .map((name) => join(root, project, name)),
  );
}

/** Removes the reports of an earlier run, so that a target that does not run leaves none behind. */
export function removeReports(root: string): void {
  for (const file of reportFiles(root)) rmSync(file);
}

/** The reports in the projects now; nx puts the report of a cached target back in its place. */
export function readReports(root: string): TestReport[] {
  return reportFiles(root).map((file) => JSON.parse(readFileSync(file, "utf8")) as TestReport); // written by vitest's JSON reporter
}
