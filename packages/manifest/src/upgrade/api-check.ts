import { majorOf, newestFirst } from "@mojaloop-versioning/protocol";
import { preferred, type Manifest, type ManifestApi } from "../manifest/manifest.ts";
import { RULES, type RuleId } from "../rules/rule.ts";
import type { Severity, UpgradeFinding } from "../rules/upgrade-finding.ts";

/** What an upgrade changes for the participants: versions that are no longer accepted, and those that the hub sends. */
export function apiFindings(before: Manifest, after: Manifest): UpgradeFinding[] {
  return Object.entries(before.apis).flatMap(([api, was]) => {
    const is = after.apis[api];
    return is ? [...droppedVersions(api, was, is), ...resourceFindings(api, was, is)] : [];
  });
}

function droppedVersions(api: string, was: ManifestApi, is: ManifestApi): UpgradeFinding[] {
  const old = preferred(was.declared) ?? [];
  const young = preferred(is.declared);
  if (!young) return [];
  const dropped = old.filter((version) => !young.includes(version));
  if (dropped.length === 0) return [];
  return [
    make(
      "warns",
      api,
      "version-dropped",
      `${newestFirst(dropped).reverse().join(", ")} is no longer declared`,
    ),
  ];
}

function resourceFindings(api: string, was: ManifestApi, is: ManifestApi): UpgradeFinding[] {
  // Where one side lists no resources nothing can be said of them.
  if (Object.keys(is.resources).length === 0) return [];
  const sending = new Map<string, string[]>();
  const dropped = Object.entries(was.resources).flatMap(([resource, old]): UpgradeFinding[] => {
    const young = is.resources[resource];
    if (young && majorOf(young.sends) !== majorOf(old.sends)) {
      const step = `${old.sends} to ${young.sends}`;
      sending.set(step, [...(sending.get(step) ?? []), resource]);
    }
    const gone = old.accepts.filter((version) => !young?.accepts.includes(version));
    if (gone.length === 0) return [];
    return [
      make(
        "stops-rolling",
        `${api} ${resource}`,
        "version-dropped",
        `${gone.join(", ")} is no longer accepted`,
      ),
    ];
  });
  const sends = [...sending].map(([step, resources]) =>
    make("warns", api, "hub-sends-major", `the hub goes from ${step} in ${resources.join(", ")}`),
  );
  return [...dropped, ...sends];
}

function make(severity: Severity, subject: string, rule: RuleId, what: string): UpgradeFinding {
  return { severity, part: "api", subject, rule, message: `${what}: ${RULES[rule].says}` };
}
