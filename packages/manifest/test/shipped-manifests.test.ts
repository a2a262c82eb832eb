import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  findManifest,
  manifestJsonSchema,
  parseManifest,
  renderTable,
  shippedManifests,
  verifyManifest,
} from "../src/index.ts";
import { setDigest } from "../src/migrations/migration.ts";

const manifests = shippedManifests();
const get = (name: string) => findManifest(manifests, name);

test("every shipped manifest is valid, and every claim names a source that is explained", () => {
  expect(manifests.map(({ id }) => id)).toEqual([...new Set(manifests.map(({ id }) => id))]);
  for (const manifest of manifests) expect(parseManifest(manifest, manifest.id)).toEqual(manifest);
});

type Row = [release: string, store: string, count: number, last: string, digest: string, why: string];

// The set digests are those of the migrations folders of the service repositories at the image tags.
test.each<Row>([
  [
    "1.0",
    "central-ledger",
    159,
    "950102_settlementModel-adjustPosition.js",
    "515f365d07969217",
    "central-ledger v10.1.1",
  ],
  ["1.1", "central-ledger", 161, "950102_settlementModel-adjustPosition.js", "b03c1d8ba690d251", "v10.5.2"],
  [
    "11.0.0",
    "central-ledger",
    161,
    "950102_settlementModel-adjustPosition.js",
    "b03c1d8ba690d251",
    "v11.3.1",
  ],
  [
    "13.1.1",
    "central-ledger",
    171,
    "950107_settlementWindowContent_foreign_settlementModel.js",
    "b29eb8a140d54f95",
    "v13.16.1",
  ],
  [
    "16.0.0",
    "central-ledger",
    171,
    "950107_settlementWindowContent_foreign_settlementModel.js",
    "b29eb8a140d54f95",
    "v17.6.0",
  ],
  ["17.0.0", "central-ledger", 216, "960114_fxTransferTimeout-indexes2.js", "cc4597b31e316565", "v19.3.0"],
  ["17.1.0", "central-ledger", 216, "960114_fxTransferTimeout-indexes2.js", "cc4597b31e316565", "v19.8.3"],
  ["11.0.0", "account-lookup-service", 7, "09_oracleEndpoint-indexes.js", "634ecfefb06e84be", "v11.1.2"],
  [
    "17.1.0",
    "account-lookup-service",
    8,
    "10_oracleEndpoint-remove-constraints.js",
    "f105b21fdee94d8d",
    "v17.12.2",
  ],
])("%s %s: %i migrations, the last %s, digest %s (%s)", (release, service, count, last, digest) => {
  const store = get(release).internal.db.stores[service];
  const names = store?.migrations.map(({ name }) => name) ?? [];
  expect([names.length, names.at(-1), setDigest(names)]).toEqual([count, last, digest]);
});

test("the proposal's table of Mojaloop 1.0, with both Helm versions of the seeds", () => {
  expect(renderTable(get("1.0"), { format: "markdown" }).split("\n")).toEqual([
    "| **Mojaloop** | v1.0 |  |",
    "| --- | --- | --- |",
    "|  | Owner/Maintainer | Version |",
    "| **APIs** |  |  |",
    "| - FSPIOP API | CCB | 1.0 |",
    "| - Settlement API | CCB | 1.1 |",
    "| - Admin/Operations API | CCB | 1.0 |",
    "| Helm | Design Authority | 10.1.0 (slides), 9.1.0 (draft) |",
    "| **Internal Schemas** |  |  |",
    "| - DB Schema | Design Authority | 1.0 |",
    "| - Internal Messaging | Design Authority | 1.0 |",
  ]);
});

test.each<[name: string, id: string, why: string]>([
  ["helm-17.0.0", "helm-17.0.0", "by id"],
  ["v17.0.0", "helm-17.0.0", "by Helm version"],
  ["1.0", "mojaloop-1.0", "by Mojaloop version, the real one first"],
  ["11.0.0", "helm-11.0.0", "by Helm version, the real one first"],
  ["central-ledger@v9.3.0", "central-ledger-9.3.0", "a service at a version"],
])("%s is %s: %s", (name, id) => {
  expect(get(name).id).toBe(id);
});

test("an unknown release is named with those that exist", () => {
  expect(() => get("9.9.9")).toThrow(/no manifest of "9\.9\.9"; known are mojaloop-1\.0 \(Helm 10\.1\.0\)/);
});

test("verify finds again what the shipped manifests record", () => {
  for (const id of ["helm-16.0.0", "helm-17.0.0", "helm-17.1.0"]) {
    const places = (findings: readonly { field: string }[]): string[] => findings.map(({ field }) => field);
    expect(places(verifyManifest(get(id)))).toEqual(places(get(id).findings));
  }
  expect(verifyManifest(get("1.0"))).toEqual([
    expect.objectContaining({ field: "helm.version", declared: "10.1.0 (slides), 9.1.0 (draft)" }),
  ]);
});

test("manifest.schema.json is the schema that the package checks with", () => {
  const published: unknown = JSON.parse(
    readFileSync(fileURLToPath(new URL("../manifest.schema.json", import.meta.url)), "utf8"),
  );
  expect(published).toEqual(JSON.parse(JSON.stringify(manifestJsonSchema())));
});
