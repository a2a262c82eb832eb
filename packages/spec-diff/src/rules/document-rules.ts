import { rulesDetectedIn, type Rule } from "./rule.ts";

/** Mistakes in the revision itself. */
export const DUPLICATE_RULES: readonly Rule[] = rulesDetectedIn("operations/duplicates.ts", [
  {
    id: "api-path-duplicated",
    level: "warn",
    effect: "none",
    text: "written twice, only the last one is compared",
    mirror: "api-path-duplicated",
  },
]);

/** Versions that do not fit the changes. */
export const VERSION_RULES: readonly Rule[] = rulesDetectedIn("report/version-findings.ts", [
  {
    id: "resource-version-too-low",
    level: "error",
    effect: "none",
    text: "declared version is too low for the changes",
    mirror: "resource-version-too-high",
  },
  {
    id: "resource-version-too-high",
    level: "warn",
    effect: "none",
    text: "declared version is higher than the changes ask for",
    mirror: "resource-version-too-low",
  },
]);
