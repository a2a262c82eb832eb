import centralLedger882 from "../../data/manifests/central-ledger-8.8.2.json" with { type: "json" };
import centralLedger930 from "../../data/manifests/central-ledger-9.3.0.json" with { type: "json" };
import example10 from "../../data/manifests/example-1.0.json" with { type: "json" };
import example20 from "../../data/manifests/example-2.0.json" with { type: "json" };
import helm1100 from "../../data/manifests/helm-11.0.0.json" with { type: "json" };
import helm1311 from "../../data/manifests/helm-13.1.1.json" with { type: "json" };
import helm1520 from "../../data/manifests/helm-15.2.0.json" with { type: "json" };
import helm1600 from "../../data/manifests/helm-16.0.0.json" with { type: "json" };
import helm1700 from "../../data/manifests/helm-17.0.0.json" with { type: "json" };
import helm1710 from "../../data/manifests/helm-17.1.0.json" with { type: "json" };
import mojaloop10 from "../../data/manifests/mojaloop-1.0.json" with { type: "json" };
import mojaloop11 from "../../data/manifests/mojaloop-1.1.json" with { type: "json" };
import { VersioningError } from "@mojaloop-versioning/protocol";
import type { Manifest } from "./manifest.ts";
import { migrationsAt } from "../migrations/migration-set.ts";
import { parseManifest } from "./parse-manifest.ts";

const SHIPPED = [
  mojaloop10,
  mojaloop11,
  helm1100,
  helm1311,
  helm1520,
  helm1600,
  helm1700,
  helm1710,
  example10,
  example20,
  centralLedger882,
  centralLedger930,
];

/**
 * The manifests that ship with the package, oldest release first: real releases, the two of the proposal's example, and two of
 * central-ledger alone. Each call reads them again (some milliseconds), so keep the result.
 */
export function shippedManifests(): readonly Manifest[] {
  return SHIPPED.map((data) => parseManifest(withMigrations(data), data.id));
}

// The data of a release names its databases; their migrations are those of the service at its version.
function withMigrations(data: (typeof SHIPPED)[number]): unknown {
  const services: Readonly<Record<string, { readonly version: string }>> = data.services;
  const stores = Object.entries(data.internal.db.stores).map(([service, store]: [string, object]) => {
    const migrations = migrationsAt(service, services[service]?.version ?? "");
    if (!migrations) throw new VersioningError("unknown-release", `${data.id}: no migrations of ${service}`);
    return [service, { ...store, migrations }];
  });
  const db = { ...data.internal.db, stores: Object.fromEntries(stores) as unknown };
  return { ...data, internal: { ...data.internal, db } };
}
