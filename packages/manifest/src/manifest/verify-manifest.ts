import { compareVersions, newestFirst, type Version } from "@mojaloop-versioning/protocol";
import { preferred, type Claims, type Manifest, type ManifestApi, type ManifestFinding } from "./manifest.ts";
import { bareVersion } from "../tags/tag.ts";

/** Sets what documents declare beside what was observed, and two claims about one thing beside each other. No finding: they agree. */
export function verifyManifest(manifest: Manifest): ManifestFinding[] {
  const { helm, internal } = manifest;
  return [
    ...Object.entries(manifest.apis).flatMap(([api, entry]) => apiFindings(`apis.${api}`, entry)),
    ...conflicts("mojaloopVersion", manifest.mojaloopVersion),
    ...conflicts("released", manifest.released),
    ...(helm ? conflicts("helm.version", helm.version) : []),
    ...conflicts("internal.db.declared", internal.db.declared),
    ...conflicts("internal.messaging.declared", internal.messaging.declared),
    ...Object.entries(manifest.services).flatMap(([name, { version, image }]) =>
      imageFindings(name, version, image),
    ),
  ];
}

function apiFindings(field: string, { declared, observed, resources }: ManifestApi): ManifestFinding[] {
  const said = preferred(declared);
  const seen = preferred(observed);
  const findings: ManifestFinding[] = [];
  if (said && seen && show(said) !== show(seen)) {
    const why = "what the release says and what its services accept are not the same";
    findings.push({ field, declared: show(said), observed: show(seen), why });
  }
  const everywhere = newestFirst(Object.values(resources).flatMap(({ accepts }) => accepts));
  for (const [name, { accepts }] of Object.entries(resources)) {
    // A resource that the API brought later has no older version to accept.
    const oldest = newestFirst(accepts).at(-1);
    const due = everywhere.filter((version) => oldest === undefined || compareVersions(version, oldest) >= 0);
    if (show(due) === show(accepts)) continue;
    findings.push({
      field: `${field}.resources.${name}`,
      declared: show(due),
      observed: show(accepts),
      why: "this resource does not accept every version that the release accepts elsewhere",
    });
  }
  return findings;
}

function conflicts(field: string, claims: Claims<string>): ManifestFinding[] {
  const values = new Set(claims.map(({ value }) => value));
  if (values.size < 2) return [];
  const declared = claims.map(({ value, source }) => `${value} (${source})`).join(", ");
  return [{ field, declared, why: "the sources do not agree; the first is preferred" }];
}

function imageFindings(name: string, version: string, image: string): ManifestFinding[] {
  const tag = image.slice(image.lastIndexOf(":") + 1);
  if (!image.includes(":") || bareVersion(tag) === bareVersion(version)) return [];
  return [
    {
      field: `services.${name}`,
      declared: version,
      observed: image,
      why: "the version is not that of the image",
    },
  ];
}

function show(versions: readonly Version[]): string {
  return newestFirst(versions).reverse().join(", ");
}
