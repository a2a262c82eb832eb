import { helmVersion, type Manifest } from "../manifest/manifest.ts";
import { findingsOf, type UpgradeFinding } from "../rules/upgrade-finding.ts";
import { firstNumber } from "../tags/first-number.ts";
import { compareTags, parseTag } from "../tags/tag.ts";

const EXTERNAL = ["mysql", "percona", "kafka", "mongodb", "redis"];
// Of what releases were tested with, the parts that an operator upgrades.
const BACKENDS = ["kubernetes", "mysql", "kafka", "redis", "mongodb"];

const makeHelm = findingsOf("helm");
const makeInfra = findingsOf("infra");
const makeService = findingsOf("services");

/** What the chart itself brings: a new major, skipped majors, versions that promise nothing, backends that left the chart. */
export function helmFindings(before: Manifest, after: Manifest): UpgradeFinding[] {
  if (!before.helm && !after.helm) return [];
  const [from, to] = [helmVersion(before), helmVersion(after)];
  const subject = "chart";
  if (from === undefined || to === undefined) {
    const what = `no Helm version in ${from === undefined ? before.id : after.id}`;
    return [
      makeHelm("unknown", "helm-unknown", { subject, what }, { remedy: "add helm.version to the manifest" }),
    ];
  }
  const findings: UpgradeFinding[] = [];
  const [older, newer] = [Number(firstNumber(from)), Number(firstNumber(to))];
  const promised = [from, to].every((version) => parseTag(version)?.scheme === "semver");
  const remedy = "read the breaking changes in the release notes, and compare your values with the chart's";
  const what = `${from} to ${to}`;
  if (!promised) findings.push(makeHelm("warns", "no-semver", { subject, what }, { remedy }));
  else if (newer > older) findings.push(makeHelm("warns", "helm-major", { subject, what }, { remedy }));
  const skipped = Array.from({ length: Math.max(0, newer - older - 1) }, (_, i) => `${older + 1 + i}.x`);
  if (skipped.length > 0) {
    findings.push(
      makeHelm(
        "warns",
        "helm-skips",
        { subject, what: `${skipped.join(", ")} ${skipped.length === 1 ? "is" : "are"} skipped` },
        { remedy: "rehearse the jump on a copy of your data, or take the hops of upgrade path" },
      ),
    );
  }
  return [...findings, ...backendsRemoved(before, after)];
}

function backendsRemoved(before: Manifest, after: Manifest): UpgradeFinding[] {
  const [older, newer] = [before.helm?.content, after.helm?.content];
  if (!older || !newer) {
    const sides = [...(older ? [] : [before.id]), ...(newer ? [] : [after.id])].join(" and ");
    return [
      makeHelm(
        "unknown",
        "chart-unknown",
        { subject: "chart", what: `no content of the chart in ${sides}` },
        { remedy: "extract the manifest from the chart (helm pull): mojaver manifest extract --chart CHART" },
      ),
    ];
  }
  const names = (external: Readonly<Record<string, string>>): Set<string> =>
    new Set(EXTERNAL.filter((name) => Object.values(external).some((chart) => chart.startsWith(name))));
  const removed = [...names(older.external)].filter((name) => !names(newer.external).has(name));
  if (removed.length === 0) return [];
  return [
    makeHelm(
      "stops-rolling",
      "backend-left-chart",
      { subject: removed.join(", "), what: "no longer in the chart" },
      { remedy: "install and fill your own backends first (the chart example-mojaloop-backend shows how)" },
    ),
  ];
}

/** Backends whose tested version moved to another major. */
export function infraFindings(before: Manifest, after: Manifest): UpgradeFinding[] {
  return BACKENDS.flatMap((name): UpgradeFinding[] => {
    const [from, to] = [before.infra[name]?.value, after.infra[name]?.value];
    if (from === undefined || to === undefined || from === to) return [];
    const major = firstNumber(from) !== firstNumber(to);
    const what = `tested with ${to} instead of ${from}`;
    return [
      major
        ? makeInfra("warns", "infra-major", { subject: name, what })
        : makeInfra("notes", "infra-minor", { subject: name, what }),
    ];
  });
}

/** Services that the upgrade removes or downgrades. */
export function serviceFindings(before: Manifest, after: Manifest): UpgradeFinding[] {
  // A manifest of one service does not describe the others.
  if (!before.helm || !after.helm) return [];
  const removed = Object.keys(before.services).filter((name) => !Object.hasOwn(after.services, name));
  const downgraded = Object.entries(before.services).flatMap(([name, { version }]) => {
    const to = after.services[name]?.version;
    return to !== undefined && compareTags(to, version) < 0
      ? [
          makeService(
            "warns",
            "service-backwards",
            { subject: name, what: `${version} to ${to}` },
            { remedy: "check whether the service supports a downgrade" },
          ),
        ]
      : [];
  });
  return [
    ...downgraded,
    ...(removed.length > 0
      ? [
          makeService("notes", "service-removed", {
            subject: removed.join(", "),
            what: "not in the newer release",
          }),
        ]
      : []),
  ];
}
