import { describe, expect, test } from "vitest";
import {
  checkMigrations,
  migrationDigest,
  migrationPhase,
  type Migration,
  type MigrationPhase,
  type RuleId,
  type Severity,
} from "../src/index.ts";
import { knexEffects } from "../src/migrations.ts";

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
  "knex.schema.createTable('a', (t) => { t.increments('id'); t.string('x'); t.decimal('d', 18, 2).notNullable(); t.index('x') })",
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
    [
      "knex.schema.alterTable('a', (t) => { t.dropNullable('x') })",
      [["stops-rolling", "drops-nullable"]],
      "migrate",
      "knex dropNullable: the column refuses NULL",
    ],
    [
      "knex.schema.alterTable('a', (t) => { t.string('x', 20).alter() })",
      [["stops-rolling", "narrows-column"]],
      "migrate",
      "varchar(255) to varchar(20)",
    ],
    [
      "knex.schema.alterTable('a', (t) => { t.decimal('d', 18, 4).notNullable().alter() })",
      [["warns", "copies-table"]],
      "migrate",
      "a NOT NULL column that was NOT NULL before is no required column (central-ledger decimal184)",
    ],
    [
      "knex.schema.alterTable('a', (t) => { t.unique('x') })",
      [["stops-rolling", "unique-on-filled-table"]],
      "expand",
      "central-ledger 950106",
    ],
    [
      "knex.schema.alterTable('a', (t) => { t.unique(['id', 'x']) })",
      [],
      "expand",
      "rows never repeat a primary key",
    ],
    [
      "knex.schema.alterTable('a', (t) => { t.string('z').notNullable().alter() })",
      [["unknown", "column-unknown"]],
      "migrate",
      "a column that no known migration created",
    ],
    [
      "knex.raw(`ALTER TABLE a CONVERT TO CHARACTER SET utf8mb4`)",
      [["warns", "converts-charset"]],
      "migrate",
      "central-ledger 500601",
    ],
    [
      "knex.raw('ALTER TABLE a DROP COLUMN x, ADD COLUMN w int NOT NULL')",
      [
        ["stops-rolling", "contracts-schema"],
        ["stops-rolling", "required-column"],
      ],
      "contract",
      "raw SQL is parsed",
    ],
    [
      "knex.raw('RENAME TABLE a TO b')",
      [["stops-rolling", "contracts-schema"]],
      "contract",
      "raw SQL: RENAME",
    ],
    [
      "knex.raw('CREATE OR REPLACE VIEW v AS SELECT 1')",
      [["notes", "changes-view"]],
      "expand",
      "raw SQL: a view",
    ],
    [
      "knex.raw('ALTER TABLE a PARTITION BY HASH(id) PARTITIONS 4')",
      [["unknown", "raw-unparsed"]],
      "migrate",
      "SQL that the parser does not know is not passed over",
    ],
    ["knex.raw(statement)", [["unknown", "raw-unparsed"]], "migrate", "SQL that the migration computes"],
    [
      "knex('a').update({ x: knex.raw('(SELECT 1)') })",
      [],
      "migrate",
      "a part of a statement is no statement",
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

  test("a rename that a later migration undoes is no change (central-ledger 310405 and 310406)", () => {
    const away = migration("2.js", "knex.schema.alterTable('a', (t) => { t.renameColumn('x', 'y') })");
    const back = migration("3.js", "knex.schema.alterTable('a', (t) => { t.renameColumn('y', 'x') })");
    expect(checkMigrations("s", set(base), set(base, away, back))).toEqual([]);
    expect(checkMigrations("s", set(base), set(base, away)).map(({ rule }) => rule)).toEqual([
      "contracts-schema",
    ]);
  });

  test("another signature is no edit (central-ledger 8.1.1 to 9.2.2)", () => {
    const digests = ["(knex, Promise) =>", "(knex) =>", "function (knex, Promise)", "async (knex) =>"].map(
      (head) => migrationDigest(`exports.up = ${head} { return knex.schema.dropTable('a') }`),
    );
    expect(new Set(digests.slice(0, 3)).size).toBe(1);
  });

  test("a list that is not complete is not judged as complete", () => {
    for (const [before, after] of [
      [{ ...set(base), complete: false }, set(base)],
      [set(base), { ...set(base), complete: false }],
    ] as const) {
      expect(checkMigrations("s", before, after).map(({ severity, rule }) => [severity, rule])).toEqual([
        ["unknown", "set-incomplete"],
      ]);
    }
  });

  test("a migration that was not read is said to be so", () => {
    expect(checkMigrations("s", set(base), set(base, { name: "2.js" })).map(({ rule }) => rule)).toEqual([
      "migration-unread",
    ]);
  });
});
