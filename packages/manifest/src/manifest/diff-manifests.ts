import { newestFirst } from "@mojaloop-versioning/protocol";
import { helmVersion, preferred, type Manifest } from "./manifest.ts";

/** A place in which two manifests differ. An absent side has nothing there. */
export interface ManifestDifference {
  /** `"services.central-ledger"`. */
  readonly field: string;
  readonly from?: string;
  readonly to?: string;
}

/** What differs between two releases: versions of APIs and resources, Helm, services, migrations, libraries, tested backends. */
export function diffManifests(before: Manifest, after: Manifest): ManifestDifference[] {
  const [old, young] = [factsOf(before), factsOf(after)];
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((field): ManifestDifference[] => {
    const [from, to] = [old.get(field), young.get(field)];
    return from === to
      ? []
      : [{ field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
}

function factsOf(manifest: Manifest): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  const add = (field: string, value: string | undefined): void => {
    if (value !== undefined) facts.set(field, value);
  };
  const { db, messaging } = manifest.internal;
  add("mojaloopVersion", preferred(manifest.mojaloopVersion));
  add("released", preferred(manifest.released));
  for (const [api, { declared, observed, resources }] of Object.entries(manifest.apis)) {
    add(`apis.${api}.declared`, preferred(declared)?.join(", "));
    add(`apis.${api}.observed`, preferred(observed)?.join(", "));
    for (const [name, { accepts, sends }] of Object.entries(resources)) {
      add(
        `apis.${api}.resources.${name}`,
        `accepts ${newestFirst(accepts).reverse().join(", ")}; sends ${sends}`,
      );
    }
  }
  add("helm", helmVersion(manifest));
  for (const [path, version] of Object.entries(manifest.helm?.content?.subcharts ?? {}))
    add(`helm.subcharts.${path}`, version);
  for (const [path, chart] of Object.entries(manifest.helm?.content?.external ?? {}))
    add(`helm.external.${path}`, chart);
  for (const [name, { version }] of Object.entries(manifest.services)) add(`services.${name}`, version);
  add("internal.db.declared", preferred(db.declared));
  for (const [name, { migrations }] of Object.entries(db.stores)) {
    add(
      `internal.db.${name}`,
      `${migrations.length} migrations, the last ${migrations.at(-1)?.name ?? "none"}`,
    );
  }
  add("internal.messaging.declared", preferred(messaging.declared));
  for (const [service, { versions }] of Object.entries(messaging.libraries)) {
    for (const [library, version] of Object.entries(versions))
      add(`internal.messaging.${service}.${library}`, version);
  }
  for (const [name, { value }] of Object.entries(manifest.infra)) add(`infra.${name}`, value);
  return facts;
}
