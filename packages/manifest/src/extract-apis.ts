import { compareVersions, newestFirst, type Version } from "@mojaloop-versioning/protocol";
import serviceResources from "../data/service-resources.json" with { type: "json" };
import { imagesOf, serviceOf } from "./chart-images.ts";
import type { ChartNode, ChartTree } from "./chart-tree.ts";
import type { ManifestApi, ManifestResource } from "./manifest.ts";
import { protocolVersionsOf } from "./protocol-versions.ts";
import type { ReleaseNote } from "./release-note.ts";

const RESOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = serviceResources.resources;

/** What the services of a chart accept and send, per resource; adds the sources that it names. */
export function resourcesOf(
  tree: ChartTree,
  sources: Record<string, string>,
): Record<string, ManifestResource> {
  const resources: Record<string, ManifestResource> = {};
  for (const node of tree.nodes) {
    const service = mainServiceOf(node);
    const table = service === undefined ? undefined : RESOURCES[service];
    if (service === undefined || !table) continue;
    const setting = protocolVersionsOf(node);
    if (!setting) continue;
    const source = `values:${service}`;
    sources[source] =
      `the chart's values, ${[node.path, setting.path].filter((part) => part !== "").join(".")}`;
    for (const [resource, since] of Object.entries(table)) {
      // A resource that the API brought later is not accepted at older versions.
      const accepts = setting.accepts.filter((version) => compareVersions(version, since as Version) >= 0); // our own table
      if (accepts.length === 0 || Object.hasOwn(resources, resource)) continue;
      resources[resource] = { service, accepts, sends: setting.sends, source, confidence: "observed" };
    }
  }
  return resources;
}

function mainServiceOf(node: ChartNode): string | undefined {
  return imagesOf(node)
    .map(({ repository }) => serviceOf(repository))
    .find((name) => name !== undefined && name in RESOURCES);
}

/** The APIs of a release: what its note declares beside what its services accept. */
export function apisOf(
  resources: Readonly<Record<string, ManifestResource>>,
  note: ReleaseNote | undefined,
  sources: Record<string, string>,
): Record<string, ManifestApi> {
  const declared = note?.apis ?? {};
  const observed = newestFirst(Object.values(resources).flatMap(({ accepts }) => accepts)).reverse();
  if (observed.length > 0) sources["resources"] = "the union of the resources";
  return Object.fromEntries(
    [...new Set(["fspiop", ...Object.keys(declared)])].map((api) => {
      const versions = declared[api];
      const own = api === "fspiop";
      return [
        api,
        {
          declared: versions ? [{ value: versions, source: "note", confidence: "stated" as const }] : [],
          observed:
            own && observed.length > 0
              ? [{ value: observed, source: "resources", confidence: "inferred" as const }]
              : [],
          resources: own ? resources : {},
        },
      ];
    }),
  );
}
