import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkMigrations, migrationsAt, type MigrationSet } from "../src/index.ts";
import { readMigrations } from "../src/migrations.ts";

const at = (version: string): MigrationSet => {
  const migrations = migrationsAt("central-ledger", version);
  if (!migrations) throw new Error(`no migrations of central-ledger ${version}`);
  return { migrations, complete: true };
};

type Row = [from: string, to: string, findings: string[], why: string];

// The migrations are those of mojaloop/central-ledger at the tags, of which npm has the same texts (see the last test).
test.each<Row>([
  [
    "7.4.0",
    "8.1.1",
    ["warns copies-table 7"],
    "8 decimal184 files widen NOT NULL columns that exist: safe for old writers (one of them is on a new table)",
  ],
  [
    "8.1.1",
    "9.2.2",
    [
      "blocks migration-removed 3",
      "blocks migration-repeats-key 2",
      "blocks migration-repeats-key 2",
      "warns migration-edited 6",
    ],
    "mojaloop/project#1255; of 136 files that changed in the signature only none is an edit, and 6 are",
  ],
  [
    "9.2.2",
    "13.0.0",
    [
      "blocks migration-removed 1",
      "blocks migration-repeats-key 2",
      "blocks migration-repeats-key 2",
      "stops-rolling required-column 1",
      "stops-rolling unique-on-filled-table 1",
      "warns copies-table 1",
      "warns migration-edited 1",
    ],
    "the renamed file returns under its older name; 950104 makes a column required, 950106 is unique",
  ],
  [
    "13.0.0",
    "16.3.0",
    [
      "notes changes-view 1",
      "stops-rolling narrows-column 1",
      "warns converts-charset 2",
      "warns migration-edited 1",
    ],
    "knex.raw: CONVERT TO CHARACTER SET, a view",
  ],
  ["16.3.0", "17.7.2", [], "no migration"],
  [
    "17.7.2",
    "18.0.1",
    ["blocks required-foreign-column 1", "stops-rolling required-column 2", "warns migration-edited 3"],
    "310403 blocks (mojaloop/helm#717)",
  ],
  ["18.0.1", "19.1.3", [], "indexes only"],
  ["19.1.3", "19.5.5", ["warns migration-edited 1"], "310403 has another text from 19.4.3"],
  ["19.5.5", "19.8.3", [], "no migration"],
  [
    "19.8.3",
    "19.12.7",
    ["stops-rolling unique-on-filled-table 1", "warns copies-table 1"],
    "310405 renames and 310406 renames back: no change of the name; 961000 is unique",
  ],
  ["19.12.7", "19.13.0", ["warns migration-edited 1"], "310403 is fixed"],
  ["19.13.0", "19.14.0", [], "no finding"],
])("central-ledger %s to %s: %j: %s", (from, to, expected) => {
  const findings = checkMigrations("central-ledger", at(from), at(to));
  const found = findings.map(({ severity, rule, files = [] }) => `${severity} ${rule} ${files.length}`);
  expect(found.toSorted()).toEqual(expected.toSorted());
});

// CENTRAL_LEDGER_PACKAGES: a folder with a folder for each version, unpacked by `npm pack @mojaloop/central-ledger@VERSION`.
const PACKAGES = process.env["CENTRAL_LEDGER_PACKAGES"];

describe.skipIf(PACKAGES === undefined)("the packages of npm", () => {
  const versions = PACKAGES === undefined ? [] : readdirSync(PACKAGES);
  test.each(versions)("@mojaloop/central-ledger %s has the migrations that ship here", (version) => {
    expect(readMigrations(join(PACKAGES ?? "", version, "package", "migrations"))).toEqual(
      at(version).migrations,
    );
  });
});
