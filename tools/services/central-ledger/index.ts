import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, run, temporaryFolder } from "../machine.ts";
import type { Installable } from "../service.ts";

/** The releases that the tests run: before and after the change of schema that breaks rolling upgrades. */
export const CENTRAL_LEDGER_VERSIONS = ["17.7.2", "19.5.5"] as const;

export type CentralLedgerVersion = (typeof CENTRAL_LEDGER_VERSIONS)[number];

/** Where a release of `@mojaloop/central-ledger` from npm is, with its dependencies. */
export function centralLedgerFolder(version: CentralLedgerVersion): string {
  return cacheFolder(`central-ledger-${version}`);
}

/** The releases of central-ledger as npm has them: migrations, seeds, models. Native dependencies are not built. */
export const centralLedger: Installable = {
  name: "central-ledger",
  doctor() {
    const missing = CENTRAL_LEDGER_VERSIONS.filter((version) => !isComplete(version));
    return missing.length > 0
      ? { detail: `central-ledger ${missing.join(", ")} is not in ${cacheFolder("")}` }
      : { where: "cache", detail: CENTRAL_LEDGER_VERSIONS.join(", ") };
  },
  install() {
    for (const version of CENTRAL_LEDGER_VERSIONS) if (!isComplete(version)) installRelease(version);
  },
};

function isComplete(version: CentralLedgerVersion): boolean {
  return existsSync(join(centralLedgerFolder(version), "complete"));
}

function installRelease(version: CentralLedgerVersion): void {
  const packed = temporaryFolder("central-ledger");
  const folder = centralLedgerFolder(version);
  const draft = `${folder}.${process.pid}`;
  try {
    run("npm", ["pack", "--silent", "--pack-destination", packed, `@mojaloop/central-ledger@${version}`]);
    mkdirSync(draft, { recursive: true });
    const archive = join(packed, `mojaloop-central-ledger-${version}.tgz`);
    run("tar", ["xzf", archive, "-C", draft, "--strip-components=1"]);
    // The peers of its development dependencies contradict each other, and they are not needed to run it.
    run("npm", ["--prefix", draft, "pkg", "delete", "devDependencies"]);
    run("npm", ["--prefix", draft, "install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]);
    writeFileSync(join(draft, "complete"), `${version}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(packed, { recursive: true, force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}
