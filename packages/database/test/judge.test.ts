import { describe, expect, test } from "vitest";
import { withoutValues } from "../src/server/blockers.ts";
import { mergeColumnValues, parseColumnValues } from "../src/fill/column-values.ts";
import { readFill, statementKind } from "../src/knex/statement.ts";
import { judgeDifference, widens } from "../src/live/judge.ts";
import type { SchemaDifference } from "../src/schema/schema-difference.ts";
import type { ColumnShape, SchemaSnapshot } from "../src/schema/snapshot.ts";

const column = (name: string, more: Partial<ColumnShape> = {}): ColumnShape => ({
  name,
  type: "int(11)",
  nullable: false,
  default: null,
  collation: null,
  extra: "",
  generated: null,
  ...more,
});
const known: SchemaSnapshot = {
  tables: {
    users: {
      engine: "InnoDB",
      collation: "utf8mb4_general_ci",
      columns: [column("id"), column("name", { type: "varchar(36)" })],
      indexes: {},
      foreignKeys: {},
      checks: {},
    },
  },
  views: { people: "select 1" },
};
const key = { columns: ["name"], table: "names", referenced: ["id"], onUpdate: "", onDelete: "" };
const table = "users";

// The last column says what the old version meets.
const differences: readonly [expected: string, difference: SchemaDifference, why: string][] = [
  ["required-column", { kind: "column-added", table, column: column("a") }, "error 1364 on insert"],
  ["safe", { kind: "column-added", table, column: column("a", { nullable: true }) }, "NULL is stored"],
  ["safe", { kind: "column-added", table, column: column("a", { default: "0" }) }, "the default is stored"],
  ["safe", { kind: "column-added", table, column: column("a", { extra: "auto_increment" }) }, "numbered"],
  ["safe", { kind: "column-added", table, column: column("a", { generated: "1" }) }, "computed"],
  ["safe", { kind: "column-added", table: "new", column: column("a") }, "a table that it does not know"],
  ["contracts-schema", { kind: "column-removed", table, column: column("name") }, "error 1054"],
  ["safe", { kind: "column-removed", table, column: column("a") }, "a column that it does not know"],
  ["contracts-schema", { kind: "table-removed", table }, "error 1146"],
  ["safe", { kind: "table-removed", table: "new" }, "a table that it does not know"],
  [
    "column-not-null",
    { kind: "column-changed", table, column: column("name"), before: column("name", { nullable: true }) },
    "error 1048 or 1364",
  ],
  [
    "column-not-null",
    { kind: "column-changed", table, column: column("a"), before: column("a", { nullable: true }) },
    "a column of this run that it leaves out",
  ],
  [
    "required-column",
    { kind: "column-changed", table, column: column("name"), before: column("name", { default: "x" }) },
    "the default that it relies on goes",
  ],
  [
    "column-nullable",
    { kind: "column-changed", table, column: column("name", { nullable: true }), before: column("name") },
    "reads NULL where it expects a value",
  ],
  [
    "column-type",
    {
      kind: "column-changed",
      table,
      column: column("name", { type: "varchar(10)" }),
      before: column("name", { type: "varchar(36)" }),
    },
    "error 1406",
  ],
  [
    "unique-added",
    { kind: "index-added", table, name: "u", index: { unique: true, type: "BTREE", columns: ["name(10)"] } },
    "error 1062",
  ],
  [
    "safe",
    { kind: "index-added", table, name: "u", index: { unique: true, type: "BTREE", columns: ["a"] } },
    "NULLs of a new column are no duplicates",
  ],
  ["foreign-key-added", { kind: "foreign-key-added", table, name: "f", key }, "error 1452"],
  [
    "safe",
    { kind: "foreign-key-added", table, name: "f", key: { ...key, columns: ["a"] } },
    "NULL is not checked",
  ],
  ["check-added", { kind: "check-added", table, name: "c" }, "error 4025"],
  ["view-changed", { kind: "view-changed", table: "people" }, "reads other rows or columns"],
];

test.each(differences)("%s: %j (%s)", (expected, difference) => {
  const judgement = judgeDifference(difference, known);
  expect(judgement.verdict === "safe" ? "safe" : judgement.rule).toBe(expected);
});

test.each([
  ["varchar(36)", "varchar(64)", true],
  ["varchar(36)", "varchar(35)", false],
  ["varchar(36)", "text", false],
  ["int(10) unsigned", "bigint(20) unsigned", true],
  ["int(10) unsigned", "bigint(20)", false],
  ["bigint(20)", "int(11)", false],
  ["decimal(18,2)", "decimal(18,4)", false],
  ["decimal(18,2)", "decimal(20,4)", true],
  ["text", "longtext", true],
  ["enum('a','b')", "enum('a')", false],
])("every value of %s is one of %s: %s", (before, after, expected) => {
  expect(widens(before, after)).toBe(expected);
});

describe("statements", () => {
  test.each([
    ["alter table `t` add `a` int", "ddl"],
    ["/* x */ -- y\nCREATE TABLE t (a int)", "ddl"],
    ["truncate table `t`", "ddl"],
    ["select 1", "read"],
    ["insert into t values (1)", "write"],
    ["BEGIN;", "control"],
    ["lock tables t write", "unknown"],
    ["call p()", "unknown"],
  ])("%s is %s", (sql, kind) => {
    expect(statementKind(sql)).toBe(kind);
  });

  test.each([
    [
      "update `t` set `c` = (select 1) where `c` is null",
      { table: "t", column: "c", expression: "(select 1)" },
    ],
    ["update `t` set `c` = 1 where `d` is null", undefined],
    ["update `t` set `c` = 1", undefined],
    ["update `t` set `c` = 1, `d` = 2 where `c` is null and `e` = 1", undefined],
  ])("%s fills %j", (sql, expected) => {
    expect(readFill(sql, [])).toEqual(expected);
  });
});

describe("values", () => {
  test.each([
    ["x", "values.yaml: the whole: expected an object of tables"],
    [{ t: 1 }, "values.yaml: t: expected an object of columns"],
    [{ t: { c: 1 } }, "values.yaml: t.c: insert: expected an SQL expression"],
    [{ t: { c: "" } }, "values.yaml: t.c: insert: expected an SQL expression"],
    [{ t: { c: "1; drop table t" } }, "values.yaml: t.c: insert: an expression, not a statement"],
    [{ t: { c: { insert: "1" } } }, "values.yaml: t.c: rows: expected an SQL expression"],
    [{ t: { c: { insert: "1", rows: "1", row: "1" } } }, "values.yaml: t.c: unknown key row"],
  ])("%j is refused", (given, message) => {
    expect(() => parseColumnValues(given, "values.yaml")).toThrow(message);
  });

  test("of later sources win, column by column", () => {
    expect(mergeColumnValues({ t: { a: "1", b: "2" } }, { t: { b: null } })).toEqual({
      t: { a: "1", b: null },
    });
  });
});

test("a statement of somebody else is shown without its values", () => {
  const sql = `UPDATE party SET name = 'O''Brien \\' x', msisdn="27713803912" WHERE id = 12 AND flags = 0xFF`;
  expect(withoutValues(sql)).toBe("UPDATE party SET name = ?, msisdn=? WHERE id = ? AND flags = ?");
});
