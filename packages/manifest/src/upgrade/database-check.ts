import data from "../../data/service-databases.json" with { type: "json" };
import type { Manifest, ManifestStore } from "../manifest/manifest.ts";
import { checkMigrations, pendingMigrations } from "../migrations/migration-check.ts";
import { findingsOf, type UpgradeFinding } from "../rules/upgrade-finding.ts";

/** Service → `own` (it has a database), `none`, or the service whose database it uses. */
const DATABASES: Readonly<Record<string, string>> = data.services;

type Stores = Readonly<Record<string, ManifestStore>>;

/** What an upgrade does to the databases, and which of them it is not known for. */
export function databaseFindings(before: Manifest, after: Manifest): UpgradeFinding[] {
  const make = findingsOf("db");
  const older: Stores = before.internal.db.stores;
  const newer: Stores = after.internal.db.stores;
  return servicesWithDatabase(before, after).flatMap((service): UpgradeFinding[] => {
    const [was, is] = [older[service], newer[service]];
    if (was && is) return checkMigrations(service, was, is);
    // The same image runs the same migrations.
    if (!was && !is && sameImage(before, after, service)) return [];
    if (!was && !Object.hasOwn(before.services, service) && Object.keys(before.services).length > 0)
      return [];
    if (!is && !Object.hasOwn(after.services, service) && Object.keys(after.services).length > 0) return [];
    const sides = [...(was ? [] : [before.id]), ...(is ? [] : [after.id])];
    const known = Object.hasOwn(DATABASES, service) || was !== undefined || is !== undefined;
    return [
      make(
        "unknown",
        known ? "store-unknown" : "database-unknown",
        { subject: service, what: `no migrations of ${service} in ${sides.join(" and ")}` },
        {
          remedy: `extract the manifest with the migrations of the image: mojaver manifest extract --chart CHART --db ${service}=FOLDER`,
        },
      ),
    ];
  });
}

/** The migrations that will run, by service. */
export function pendingByService(before: Manifest, after: Manifest): Record<string, string[]> {
  const newer: Stores = after.internal.db.stores;
  return Object.fromEntries(
    Object.entries(before.internal.db.stores).flatMap(([service, was]) => {
      const is = newer[service];
      const names = is ? pendingMigrations(was, is).map(({ name }) => name) : [];
      return names.length > 0 ? [[service, names]] : [];
    }),
  );
}

// Services with a database of their own, and those of which that is not known. A release without any service or database at all has the
// databases of Mojaloop's core.
function servicesWithDatabase(before: Manifest, after: Manifest): string[] {
  const stores = [before, after].flatMap(({ internal }) => Object.keys(internal.db.stores));
  const silent = [before, after].some(
    ({ services, internal }) => Object.keys({ ...services, ...internal.db.stores }).length === 0,
  );
  const core = silent ? ["central-ledger", "account-lookup-service"] : [];
  const services = Object.keys({ ...before.services, ...after.services }).filter((service) => {
    const kind = Object.hasOwn(DATABASES, service) ? DATABASES[service] : undefined;
    return kind === undefined || kind === "own";
  });
  return [...new Set([...stores, ...core, ...services])];
}

function sameImage(before: Manifest, after: Manifest, service: string): boolean {
  const image = before.services[service]?.image;
  return image !== undefined && image === after.services[service]?.image;
}
