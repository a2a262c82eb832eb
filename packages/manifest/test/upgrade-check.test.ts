import { describe, expect, test } from "vitest";
import {
  findManifest,
  migrationsAt,
  renderPath,
  renderUpgrade,
  shippedManifests,
  upgradeCheck,
  upgradePath,
  type Manifest,
  type RuleId,
  type Severity,
} from "../src/index.ts";

const manifests = shippedManifests();
const get = (name: string) => findManifest(manifests, name);

// A release with another central-ledger.
function withLedger(manifest: Manifest, version: string): Manifest {
  const { ["central-ledger"]: store, ...others } = manifest.internal.db.stores;
  const migrations = migrationsAt("central-ledger", version);
  if (!store || !migrations) throw new Error(`no migrations of central-ledger ${version}`);
  const { engine, complete, source, confidence } = store;
  const stores = { ...others, "central-ledger": { engine, complete, source, confidence, migrations } };
  return { ...manifest, internal: { ...manifest.internal, db: { ...manifest.internal.db, stores } } };
}

describe("upgradeCheck on the shipped manifests", () => {
  test("flags central-ledger v8.8.2 to v9.3.0, with the file (mojaloop/project#1255)", () => {
    const check = upgradeCheck(get("central-ledger@v8.8.2"), get("central-ledger@v9.3.0"));
    expect(check.verdict).toBe("blocked");
    expect(check.findings[0]).toMatchObject({
      severity: "blocks",
      rule: "migration-removed",
      files: ["400401_settlmentWindowStateChange-indexes.js"],
    });
    expect(check.findings[0]?.reported?.[0]).toContain("mojaloop/project#1255");
  });

  test("flags Helm 16 to 17, with the files (mojaloop/helm#717)", () => {
    const check = upgradeCheck(get("16.0.0"), get("17.0.0"));
    expect(check).toMatchObject({ verdict: "blocked", rollback: { by: "restore" } });
    const db = check.findings.filter(({ part }) => part === "db");
    expect(db.map(({ severity, rule, files }) => [severity, rule, files])).toEqual([
      ["blocks", "field-report", ["310403_participantPositionChange-participantCurrencyId.js"]],
      ["blocks", "required-foreign-column", ["310403_participantPositionChange-participantCurrencyId.js"]],
      [
        "stops-rolling",
        "required-column",
        ["310204_transferParticipant-participantId.js", "310404_participantPositionChange-change.js"],
      ],
      [
        "warns",
        "migration-edited",
        [
          "910101_feature904DataMigration.js",
          "910102_feature949DataMigration.js",
          "950104_settlementModel-settlementAccountTypeId.js",
        ],
      ],
    ]);
    expect(db[0]?.remedy).toBe("upgrade to Helm 17.3.0 or later, or use central-ledger 19.13.0 or later");
    expect(check.migrations["central-ledger"]).toHaveLength(45);
    expect(renderUpgrade(check)).toContain("310403_participantPositionChange-participantCurrencyId.js");
  });

  test("no migration runs from 13.1.1 to 16.0.0", () => {
    const check = upgradeCheck(get("13.1.1"), get("16.0.0"));
    expect(check.findings.filter(({ part }) => part === "db")).toEqual([]);
    expect(check).toMatchObject({ migrations: {}, rollback: { by: "images" } });
    expect(check.findings.map(({ rule }) => rule)).toContain("helm-skips");
  });

  test("16.0.0 to 17.1.0 is blocked by the report of mojaloop/project#4382", () => {
    const check = upgradeCheck(get("16.0.0"), get("17.1.0"));
    expect(check.verdict).toBe("blocked");
    const blocking = check.findings.filter(({ severity }) => severity === "blocks");
    expect(blocking.map(({ rule }) => rule)).toEqual(["field-report"]);
    expect(blocking[0]?.reported?.[0]).toContain("mojaloop/project#4382");
    expect(blocking[0]?.remedy).toContain("Helm 17.3.0");
  });

  test("a report does not concern another text of the same migration (the fix of 19.13.0)", () => {
    const fixed = withLedger(get("17.1.0"), "19.13.0");
    const rules = upgradeCheck(get("16.0.0"), fixed).findings.map(({ rule }) => rule);
    expect(rules).not.toContain("field-report");
  });

  test("what a manifest does not say is a finding, not a guess", () => {
    expect(upgradeCheck(get("17.0.0"), get("example-2.0")).findings.map(({ rule }) => rule)).toContain(
      "store-unknown",
    );
  });

  test("every step names what comes first", () => {
    const { steps } = upgradeCheck(get("16.0.0"), get("17.0.0"));
    const at = (word: string): number => steps.findIndex((step) => step.includes(word));
    expect(at("19.13.0")).toBe(0);
    expect(at("back up")).toBeLessThan(at("install helm-17.0.0"));
    expect(at("migrate:list")).toBeGreaterThan(at("install helm-17.0.0"));
  });
});

type KafkaRow = [from: string, to: string, expected: [Severity, RuleId, string][], why: string];

// The libraries are those that the images declare; the messages on record (kafka-messages) are of stream 11 alone.
test.each<KafkaRow>([
  [
    "16.0.0",
    "17.0.0",
    [
      ["warns", "message-topics", "account-lookup-service"],
      ["warns", "message-bodies", "bulkTransfers, transfers, quotes, bulkQuotes"],
      [
        "notes",
        "message-library-same",
        "quoting-service, central-ledger, bulk-api-adapter, ml-api-adapter, central-settlement",
      ],
    ],
    "one major of the library, but bodies of 2.0 are new",
  ],
  [
    "15.2.0",
    "16.0.0",
    [
      ["warns", "message-topics", "quoting-service"],
      [
        "notes",
        "message-library-same",
        "ml-api-adapter, central-ledger, central-settlement, bulk-api-adapter",
      ],
    ],
    "quoting-service gets handlers",
  ],
  [
    "13.1.1",
    "15.2.0",
    [
      [
        "stops-rolling",
        "message-library-major",
        "ml-api-adapter, central-ledger, central-settlement, bulk-api-adapter",
      ],
      [
        "warns",
        "message-library-major",
        "ml-api-adapter, central-ledger, account-lookup-service, quoting-service, bulk-api-adapter, transaction-requests-service",
      ],
      ["warns", "message-library-major", "central-settlement"],
    ],
    "stream 10 to 11; shared 16 or 13 to 18",
  ],
  ["example-1.0", "17.0.0", [["unknown", "message-unknown", "Kafka"]], "one side states nothing"],
  ["central-ledger-8.8.2", "central-ledger-9.3.0", [], "manifests of one service do not describe the others"],
])("the Kafka messages from %s to %s: %j: %s", (from, to, expected) => {
  const { findings } = upgradeCheck(get(from), get(to));
  const kafka = findings.filter(({ part }) => part === "messaging");
  expect(kafka.map(({ severity, rule, subject }) => [severity, rule, subject])).toEqual(expected);
});

describe("upgradePath", () => {
  test("every release may be skipped, and each step is judged by itself", () => {
    const path = upgradePath(manifests, get("13.1.1"), get("17.1.0"));
    expect(path.hops.map(({ to, verdict, atBest }) => [to, verdict, atBest])).toEqual([
      ["helm-15.2.0", "window", undefined],
      ["helm-16.0.0", "unknown", "rolling"], // the content of the chart of 16.0.0 is not known
      ["helm-17.0.0", "blocked", undefined],
      ["helm-17.1.0", "unknown", "rolling"],
    ]);
    expect(path.unjudged).toEqual(["14"]);
    const text = renderPath(path);
    expect(text).toContain("Risk: no manifest is known for 14.x, so no hop over it is judged");
    expect(text).not.toContain("0 blocking");
    expect(path.commands.filter((command) => command.startsWith("helm "))).toEqual(
      path.recommended.map(
        ({ to }) => expect.stringContaining(`--version ${to.replace("helm-", "")} `) as string,
      ),
    );
  });

  test("a path leads to a newer release, between releases of Helm", () => {
    expect(() => upgradePath(manifests, get("17.0.0"), get("16.0.0"))).toThrow("not newer");
    expect(() => upgradePath(manifests, get("central-ledger-8.8.2"), get("16.0.0"))).toThrow(
      "no Helm version",
    );
  });
});
