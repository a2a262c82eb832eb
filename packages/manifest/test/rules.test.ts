import { describe, expect, test } from "vitest";
import {
  bump,
  canTalk,
  checkMigrations,
  findManifest,
  knexEffects,
  migrationDigest,
  migrationPhase,
  renderBump,
  renderPath,
  renderTalk,
  renderUpgrade,
  RULES,
  shippedManifests,
  speakerOf,
  upgradeCheck,
  upgradePath,
  type BumpLevel,
  type Coverage,
  type Migration,
  type MigrationPhase,
  type RuleId,
  type Severity,
  type TalkVerdict,
} from "../src/index.ts";

const manifests = shippedManifests();
const get = (name: string) => findManifest(manifests, name);

describe("bump", () => {
  test.each<[from: string, to: string, version: string, level: BumpLevel, why: string]>([
    ["example-1.0", "example-2.0", "2.0", "major", "the seed's example: FSPIOP 1.1 to 2.0"],
    ["1.0", "1.1", "1.1", "minor", "the slides: FSPIOP 1.0 to 1.1, Helm 10.1.0 to 10.4.0"],
  ])("%s to %s is v%s, a %s: %s", (from, to, version, level) => {
    expect(bump(get(from), get(to))).toMatchObject({ to: version, level, agrees: true });
  });

  test("the table of the seed's example comes out with the reasons", () => {
    expect(renderBump(bump(get("example-1.0"), get("example-2.0")), "markdown").split("\n")).toEqual([
      "| Mojaloop | v1.0 | v2.0 | major |  |",
      "| --- | --- | --- | --- | --- |",
      "| Part | From | To | Step | Why |",
      `| FSPIOP API | 1.1 | 2.0 | major | ${RULES["api-major"].says} |`,
      `| Helm | 11.0.0 | 12.0.0 | hotfix | ${RULES["helm-only"].says} |`,
      `| DB Schema | 11.0 | 12.0 | hotfix | ${RULES["schema-only"].says} |`,
      `| Internal Messaging | 11.0 | 12.0 | hotfix | ${RULES["schema-only"].says} |`,
    ]);
  });

  test("taking a major of an API away is a major, adding one too", () => {
    const after = get("example-2.0");
    expect(bump(after, get("example-1.0")).rows[0]).toMatchObject({ level: "major", rule: "api-removed" });
  });
});

type TalkRow = [hub: string, payer: string[], payee: string[], verdict: TalkVerdict, why: string];

describe("canTalk", () => {
  test.each<TalkRow>([
    ["17.0.0", ["1.1"], ["1.1"], "direct", "the same version"],
    ["17.0.0", ["1.1"], ["1.0"], "direct", "the proposal: 1.1 can send transfers to 1.0"],
    ["17.0.0", ["1.1"], ["2.0"], "adapter", "the proposal: but not to 2.0; over the adapter"],
    ["17.0.0", ["1.1", "2.0"], ["2.0"], "direct", "who speaks both chooses"],
    ["16.0.0", ["2.0"], ["2.0"], "adapter", "Helm 16.0.0 does not accept 2.0, and forwards what it gets"],
    ["1.1", ["1.1"], ["1.0"], "direct", "a release that declares 1.1 accepts the minors of 1"],
    ["1.0", ["1.0"], ["2.0"], "adapter", "another major"],
  ])("through %s, %s to %s: %s, since %s", (hub, payer, payee, verdict) => {
    expect(canTalk(get(hub), speakerOf(payer), speakerOf(payee)).verdict).toBe(verdict);
  });

  const coverage: Coverage = ["parties", "quotes", "transfers"].flatMap((resource) => [
    { resource, from: "1.1", to: "2.0", class: "identity" },
    { resource, from: "2.0", to: "1.1", class: resource === "transfers" ? "lossless" : "lossy" },
    { resource, from: "2.0", to: "1.0", class: "refused" },
    { resource, from: "1.0", to: "2.0", class: "identity" },
  ]);

  test("the coverage says what the adapter loses, per resource and at worst", () => {
    const talk = canTalk(get("17.0.0"), speakerOf(["1.1"]), speakerOf(["2.0"]), { coverage });
    expect(talk).toMatchObject({ verdict: "adapter", conversion: "lossy" });
    expect(talk.resources.map(({ resource, conversion }) => [resource, conversion])).toEqual([
      ["parties", "lossy"],
      ["quotes", "lossy"],
      ["transfers", "lossless"],
    ]);
    expect(renderTalk(talk)).toMatch(
      /^Through helm-17\.0\.0: only over the adapter; conversion at worst: lossy/,
    );
  });

  test("what a callback loses counts on the way back only", () => {
    const rows: Coverage = [
      { resource: "quotes", from: "1.1", to: "2.0", class: "identity", operation: "POST /quotes" },
      { resource: "quotes", from: "2.0", to: "1.1", class: "lossy", operation: "POST /quotes" },
      { resource: "quotes", from: "2.0", to: "1.1", class: "identity", operation: "PUT /quotes/{ID}" },
    ];
    const ask = (payer: string, payee: string) =>
      canTalk(get("17.0.0"), speakerOf([payer]), speakerOf([payee]), {
        coverage: rows,
        resources: ["quotes"],
      });
    expect(ask("1.1", "2.0").conversion).toBe("identity");
    expect(ask("2.0", "1.1").verdict).toBe("no"); // nothing says how PUT /quotes goes from 1.1 to 2.0
  });

  test("a conversion that is refused or missing is a no", () => {
    const refused = coverage.map((entry) => ({ ...entry, class: "refused" }));
    expect(
      canTalk(get("17.0.0"), speakerOf(["1.0"]), speakerOf(["2.0"]), { coverage: refused }).verdict,
    ).toBe("no");
    expect(canTalk(get("17.0.0"), speakerOf(["1.1"]), speakerOf(["2.0"]), { coverage: [] })).toMatchObject({
      verdict: "no",
      conversion: "missing",
    });
  });

  test("a resource that the hub does not serve is a no", () => {
    const resources = ["fxQuotes"];
    expect(canTalk(get("16.0.0"), speakerOf(["2.0"]), speakerOf(["2.0"]), { resources }).verdict).toBe("no");
    expect(canTalk(get("17.0.0"), speakerOf(["2.0"]), speakerOf(["2.0"]), { resources }).verdict).toBe(
      "direct",
    );
    expect(
      canTalk(get("17.0.0"), speakerOf(["1.1"]), speakerOf(["2.0"]), { resources: ["__proto__"] }).verdict,
    ).toBe("no");
  });

  test("an API version that nobody knows is named", () => {
    expect(() => speakerOf(["3.0"])).toThrow('no FSPIOP API "3.0"; known are 1.0, 1.1, 2.0');
  });
});

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
    expect(
      check.findings
        .filter(({ part }) => part === "db")
        .map(({ severity, rule, files }) => [severity, rule, files]),
    ).toEqual([
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
    expect(check.findings[0]?.remedy).toBe("take central-ledger 19.4.3 or later");
    expect(check.migrations["central-ledger"]).toHaveLength(45);
    expect(renderUpgrade(check)).toContain("310403_participantPositionChange-participantCurrencyId.js");
  });

  test("is silent on the database for 13.1.1 to 16.0.0", () => {
    const check = upgradeCheck(get("13.1.1"), get("16.0.0"));
    expect(check.findings.filter(({ part }) => part === "db")).toEqual([]);
    expect(check).toMatchObject({ migrations: {}, rollback: { by: "images" } });
    expect(check.findings.map(({ rule }) => rule)).toContain("helm-skips");
  });

  test("the failure of Helm 17.0.0 is gone in 17.1.0, which brings central-ledger 19.8.3", () => {
    expect(upgradeCheck(get("16.0.0"), get("17.1.0")).verdict).toBe("window");
  });

  test("what a manifest does not say is a finding, not a guess", () => {
    expect(upgradeCheck(get("17.0.0"), get("example-2.0")).findings.map(({ rule }) => rule)).toContain(
      "store-unknown",
    );
  });

  test("every step says what to do before it is done", () => {
    const { steps } = upgradeCheck(get("16.0.0"), get("17.0.0"));
    const at = (word: string): number => steps.findIndex((step) => step.includes(word));
    expect(at("19.4.3")).toBe(0);
    expect(at("backup")).toBeLessThan(at("install helm-17.0.0"));
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
  ["example-1.0", "17.0.0", [["warns", "message-unknown", "Kafka"]], "one side says nothing"],
  ["central-ledger-8.8.2", "central-ledger-9.3.0", [], "manifests of one service are not asked"],
])("the Kafka messages from %s to %s: %j: %s", (from, to, expected) => {
  const { findings } = upgradeCheck(get(from), get(to));
  const kafka = findings.filter(({ part }) => part === "messaging");
  expect(kafka.map(({ severity, rule, subject }) => [severity, rule, subject])).toEqual(expected);
});

describe("upgradePath", () => {
  test("every release may be skipped, and each step is judged by itself", () => {
    const path = upgradePath(manifests, get("13.1.1"), get("17.1.0"));
    expect(path.hops.map(({ to, verdict }) => [to, verdict])).toEqual([
      ["helm-15.2.0", "window"],
      ["helm-16.0.0", "rolling"],
      ["helm-17.0.0", "blocked"],
      ["helm-17.1.0", "rolling"],
    ]);
    expect(path.recommended.map(({ to }) => to)).toEqual(["helm-17.1.0"]);
    expect(path.unjudged).toEqual(["14"]);
    expect(renderPath(path)).toContain("Not judged, for want of a manifest: 14.x");
  });

  test("a path leads upwards, between releases of Helm", () => {
    expect(() => upgradePath(manifests, get("17.0.0"), get("16.0.0"))).toThrow("not newer");
    expect(() => upgradePath(manifests, get("central-ledger-8.8.2"), get("16.0.0"))).toThrow(
      "no Helm version",
    );
  });
});

const migration = (name: string, up: string): Migration => ({
  name,
  digest: migrationDigest(up),
  effects: knexEffects(
    `exports.up = (knex) => ${up}\nexports.down = (knex) => knex.schema.dropTable('never')`,
  ),
});
const set = (...migrations: Migration[]) => ({ migrations, complete: true });
const base = migration(
  "1.js",
  "knex.schema.createTable('a', (t) => { t.increments('id'); t.string('x'); t.index('x') })",
);

type LintRow = [up: string, expected: [Severity, RuleId][], phase: MigrationPhase, why: string];

describe("the lint of migrations", () => {
  test.each<LintRow>([
    ["knex.schema.alterTable('a', (t) => { t.string('y') })", [], "expand", "a column that may be empty"],
    [
      "knex.schema.alterTable('a', (t) => { t.string('y').notNullable().defaultTo('') })",
      [],
      "expand",
      "a default",
    ],
    [
      "knex.schema.table('a', function (table) { table.string('y').notNullable() })",
      [["stops-rolling", "required-column"]],
      "migrate",
      "NOT NULL without default",
    ],
    [
      "knex.schema.alterTable('a', t => { t.integer('b').notNullable(); t.foreign('b').references('id').inTable('b') })",
      [["blocks", "required-foreign-column"]],
      "migrate",
      "the failure of Helm 17",
    ],
    [
      "knex.schema.alterTable('a', t => t.integer('b').notNullable().references('id').inTable('b'))",
      [["blocks", "required-foreign-column"]],
      "migrate",
      "the same, written in one chain",
    ],
    [
      "knex.schema.alterTable('a', (t) => { t.dropColumn('x') })",
      [["stops-rolling", "contracts-schema"]],
      "contract",
      "dropped",
    ],
    [
      "knex.schema.alterTable('a', (t) => { t.renameColumn('x', 'y') })",
      [["stops-rolling", "contracts-schema"]],
      "contract",
      "renamed",
    ],
    [
      "knex.schema.renameTable('a', 'b')",
      [["stops-rolling", "contracts-schema"]],
      "contract",
      "a table renamed",
    ],
    [
      "knex.schema.dropTableIfExists('a')",
      [["stops-rolling", "contracts-schema"]],
      "contract",
      "a table dropped",
    ],
    [
      "knex.schema.alterTable('a', (t) => { t.index('x') })",
      [["blocks", "migration-repeats-key"]],
      "expand",
      "the index exists",
    ],
    ["knex.schema.alterTable('a', (t) => { t.dropIndex('x'); t.index('x') })", [], "expand", "dropped first"],
    [
      "knex.schema.alterTable('a', (t) => { t.dropIndex([], 'a_x_index'); t.index('x') })",
      [],
      "expand",
      "dropped by its name",
    ],
    [
      "knex.schema.createTable('n', (t) => { t.string('y').notNullable() })",
      [],
      "expand",
      "a new table holds no rows",
    ],
    ["knex('a').update({ x: 1 }) // t.dropColumn('x')", [], "migrate", "a comment does nothing"],
  ])("%s gives %j, phase %s: %s", (up, expected, phase) => {
    const added = migration("2.js", up);
    const findings = checkMigrations("service", set(base), set(base, added));
    expect(findings.map(({ severity, rule }) => [severity, rule])).toEqual(expected);
    expect(migrationPhase(added)).toBe(phase);
  });

  test("a released migration that is gone blocks, one that was edited warns, another header is no edit", () => {
    const other = { ...base, digest: migrationDigest("knex.schema.createTable('z')") };
    expect(checkMigrations("s", set(base), set(migration("2.js", "0"))).map(({ rule }) => rule)).toEqual([
      "migration-removed",
    ]);
    expect(checkMigrations("s", set(base), set(other)).map(({ rule }) => rule)).toEqual(["migration-edited"]);
    expect(migrationDigest("/* licence 2017 */\nx = 'a  b' // c")).toBe(
      migrationDigest("// licence 2020\n  x='a b'"),
    );
    expect(migrationDigest("x = 'a'")).not.toBe(migrationDigest("x = 'b'"));
  });

  test("a migration that was not read is said to be so", () => {
    expect(checkMigrations("s", set(base), set(base, { name: "2.js" })).map(({ rule }) => rule)).toEqual([
      "migration-unread",
    ]);
  });
});
