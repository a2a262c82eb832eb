import { majorOf, newestFirst } from "@mojaloop-versioning/protocol";
import { preferred, type Manifest, type ManifestApi } from "../manifest/manifest.ts";
import { findingsOf, type UpgradeFinding } from "../rules/upgrade-finding.ts";

const make = findingsOf("api");

/** What an upgrade changes for the participants: versions that are no longer accepted, and those that the hub sends. */
export function apiFindings(before: Manifest, after: Manifest): UpgradeFinding[] {
  return [
    ...Object.entries(before.apis).flatMap(([api, was]) => {
      const is = after.apis[api];
      return is ? [...droppedVersions(api, was, is), ...resourceFindings(api, was, is)] : [];
    }),
    ...unknownApis(before, after),
  ];
}

// A manifest of one service has no APIs, and no upgrade of one service changes them.
function unknownApis(before: Manifest, after: Manifest): UpgradeFinding[] {
  if (!before.helm && !after.helm) return [];
  const silent = [before, after].filter(
    ({ apis }) => Object.keys(apis["fspiop"]?.resources ?? {}).length === 0,
  );
  if (silent.length === 0) return [];
  const sides = silent.map(({ id }) => id).join(" and ");
  return [
    make(
      "unknown",
      "api-unknown",
      { subject: "fspiop", what: `no resource versions in ${sides}` },
      {
        remedy:
          "extract the manifest with your values file: mojaver manifest extract --chart CHART --values FILE",
      },
    ),
  ];
}

function droppedVersions(api: string, was: ManifestApi, is: ManifestApi): UpgradeFinding[] {
  const older = preferred(was.declared) ?? [];
  const newer = preferred(is.declared);
  if (!newer) return [];
  const dropped = older.filter((version) => !newer.includes(version));
  if (dropped.length === 0) return [];
  const what = `${newestFirst(dropped).reverse().join(", ")} is no longer declared`;
  return [make("warns", "version-dropped", { subject: api, what })];
}

function resourceFindings(api: string, was: ManifestApi, is: ManifestApi): UpgradeFinding[] {
  // Where one side lists no resources, unknownApis reports it.
  if (Object.keys(is.resources).length === 0) return [];
  const sending = new Map<string, string[]>();
  const dropped = Object.entries(was.resources).flatMap(([resource, older]): UpgradeFinding[] => {
    const newer = is.resources[resource];
    if (newer && majorOf(newer.sends) !== majorOf(older.sends)) {
      const step = `${older.sends} to ${newer.sends}`;
      sending.set(step, [...(sending.get(step) ?? []), resource]);
    }
    const removed = older.accepts.filter((version) => !newer?.accepts.includes(version));
    if (removed.length === 0) return [];
    const what = `${removed.join(", ")} is no longer accepted`;
    return [
      make(
        "stops-rolling",
        "version-dropped",
        { subject: `${api} ${resource}`, what },
        {
          remedy:
            "move the participants that still send these versions, or put the adapter in front of the hub",
        },
      ),
    ];
  });
  const sends = [...sending].map(([step, resources]) => {
    const older = step.split(" ")[0] ?? "";
    const what = `the default version goes from ${step} in ${resources.join(", ")}`;
    const remedy = `set config.protocol_versions CONTENT.DEFAULT to ${older} until every DFSP accepts the newer version`;
    return make("warns", "hub-sends-major", { subject: api, what }, { remedy });
  });
  return [...dropped, ...sends];
}
