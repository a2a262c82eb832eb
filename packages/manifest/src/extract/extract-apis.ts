import { compareVersions, newestFirst, type Version } from "@mojaloop-versioning/protocol";
import serviceResources from "../../data/service-resources.json" with { type: "json" };
import { imagesOf, serviceOf } from "../chart/chart-images.ts";
import type { ChartNode, ChartTree } from "../chart/chart-tree.ts";
import type { ManifestApi, ManifestFinding, ManifestResource } from "../manifest/manifest.ts";
import { protocolVersionsOf, type ProtocolVersions } from "../chart/protocol-versions.ts";
import type { ReleaseNote } from "../chart/release-note.ts";

const RESOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = serviceResources.resources;

/** What the services of a chart accept and send, per resource, and where the chart leaves that open; adds the sources that it names. */
export function resourcesOf(
  tree: ChartTree,
  sources: Record<string, string>,
): { resources: Record<string, ManifestResource>; findings: ManifestFinding[] } {
  const resources: Record<string, ManifestResource> = {};
  const findings: ManifestFinding[] = [];
  const settings = tree.nodes.flatMap((node): ServiceSetting[] => {
    const service = mainServiceOf(node);
    if (service === undefined) return [];
    const setting = protocolVersionsOf(node);
    return [{ node, service, ...(setting && { setting }) }];
  });
  for (const [service, table] of Object.entries(RESOURCES)) {
    const parts = settings.filter((part) => part.service === service);
    const stated = parts.filter(({ setting }) => setting);
    // What is switched on goes before what is off.
    const { node, setting } = stated.find((part) => part.node.enabled) ?? stated[0] ?? {};
    if (!node || !setting) {
      if (parts.some((part) => part.node.enabled)) findings.push(leftOpen(service));
      continue;
    }
    findings.push(...differing({ node, service, setting }, stated));
    const source = `values:${service}`;
    sources[source] = `the chart's values, ${whereOf(node, setting)}`;
    for (const [resource, since] of Object.entries(table)) {
      // A resource that the API brought later is not accepted at older versions.
      const accepts = setting.accepts.filter((version) => compareVersions(version, since as Version) >= 0); // our own table
      if (accepts.length === 0) continue;
      resources[resource] = { service, accepts, sends: setting.sends, source, confidence: "observed" };
    }
  }
  return { resources, findings };
}

interface ServiceSetting {
  readonly node: ChartNode;
  readonly service: string;
  readonly setting?: ProtocolVersions;
}

// Of the services that answer for resources, the one whose image a chart itself holds.
function mainServiceOf(node: ChartNode): string | undefined {
  return imagesOf(node)
    .map(({ repository }) => serviceOf(repository))
    .find((name) => name !== undefined && name in RESOURCES);
}

function whereOf({ path }: ChartNode, setting: ProtocolVersions): string {
  return path === "" ? setting.path : `${path}.${setting.path}`;
}

function leftOpen(service: string): ManifestFinding {
  return {
    field: "apis.fspiop.resources",
    observed: service,
    why: "the chart's values set no protocol_versions, so the configuration in the image counts, which is not read here",
  };
}

// An API and a handler of one service are charts of their own.
function differing(first: Required<ServiceSetting>, stated: readonly ServiceSetting[]): ManifestFinding[] {
  const say = ({ accepts, sends }: ProtocolVersions): string =>
    `accepts ${accepts.join(", ")}; sends ${sends}`;
  return stated.flatMap(({ node, setting }): ManifestFinding[] =>
    !setting || !node.enabled || say(setting) === say(first.setting)
      ? []
      : [
          {
            field: "apis.fspiop.resources",
            declared: `${whereOf(first.node, first.setting)} ${say(first.setting)}`,
            observed: `${whereOf(node, setting)} ${say(setting)}`,
            why: `two parts of ${first.service} are set to other versions; the first one is taken`,
          },
        ],
  );
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
