import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import knex from "knex";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith } from "../../../tools/services/suite.ts";
import { finishLiveMigration, migrateLive, type ColumnValues } from "../src/index.ts";
import { readSchema } from "../src/schema/snapshot.ts";
import { connect, type Row } from "../src/server/connect.ts";
import { copyDatabase } from "./central-ledger/ledger.ts";
import { cutAfter } from "./cut-after.ts";

// What the old version has, then one file for each way in which a statement is run.
const FIRST = {
  "001_first.js": `exports.up = async (knex) => {
    await knex.schema.createTable("groups", (t) => { t.increments("id"); t.string("name").notNullable(); });
    await knex.schema.createTable("users", (t) => { t.increments("id"); t.string("name").notNullable(); });
  };`,
};
const NEXT = {
  "002_required.js": `exports.up = (knex) => knex.schema.alterTable("users", (t) => {
    t.integer("tenant").notNullable(); t.index("tenant");
  });`,
  "003_filled.js": `exports.up = async (knex) => {
    await knex.schema.alterTable("users", (t) => { t.string("label"); });
    await knex("users").update({ label: knex.raw("upper(name)") }).whereNull("label");
    await knex.schema.alterTable("users", (t) => { t.string("label").notNullable().alter(); });
  };`,
  "004_data.js": `exports.up = async (knex) => {
    const [{ count }] = await knex("groups").count({ count: "*" });
    await knex("groups").insert({ name: "counted " + count });
    await knex.transaction(async (trx) => {
      await trx("groups").insert({ name: "first" });
      await trx("groups").insert({ name: "second" });
    });
  };`,
  "005_foreign.js": `exports.up = (knex) => knex.schema.alterTable("users", (t) => {
    t.integer("group").unsigned(); t.foreign("group").references("id").inTable("groups");
  });`,
  "006_nullable.js": `exports.up = (knex) => knex.schema.alterTable("users", (t) => { t.string("name").nullable().alter(); });`,
};
const VALUES: ColumnValues = { users: { tenant: "7", label: "upper(NEW.name)", name: "'unnamed'" } };
// The short form takes a sample; LIVE_CUTS=all cuts at every statement after the rehearsal, which writes nothing to the database.
const STRIDE = process.env["LIVE_CUTS"] === "all" ? 1 : 13;
const STRIDE_OF_REHEARSAL = 47;

const folder = mkdtempSync(join(tmpdir(), "live-"));
afterAll(() => rmSync(folder, { recursive: true }));
for (const [name, files] of Object.entries({ old: FIRST, next: { ...FIRST, ...NEXT } })) {
  mkdirSync(join(folder, name));
  // knex wants a way back in every file.
  for (const [file, text] of Object.entries(files))
    writeFileSync(join(folder, name, file), `${text}\nexports.down = () => undefined;\n`);
}

describeWith("mariadb", "a live migration that is interrupted", (service) => {
  const on = async (sql: string): Promise<Row[]> => {
    const session = await connect(service().url);
    try {
      return await session.rows(sql);
    } finally {
      await session.close();
    }
  };
  const run = (port: string | number, database: string): ReturnType<typeof migrateLive> =>
    migrateLive({
      connection: { host: "127.0.0.1", port: Number(port), user: new URL(service().url).username, database },
      directory: join(folder, "next"),
      values: VALUES,
    });
  // Everything that a user of the database can see.
  const stateOf = async (database: string): Promise<unknown> => {
    const session = await connect(service().url);
    const schema = await readSchema(session, database);
    const rows = await Promise.all(
      [
        `SELECT id, name, tenant, label FROM ${database}.users ORDER BY id`,
        `SELECT name FROM ${database}.groups ORDER BY name`,
        `SELECT name, batch FROM ${database}.knex_migrations ORDER BY id`,
      ].map((sql) => session.rows(sql)),
    );
    await session.close();
    return { schema, rows };
  };

  beforeAll(async () => {
    const { port, username } = new URL(service().url);
    await on("CREATE DATABASE template");
    const old = knex({
      client: "mysql2",
      connection: { host: "127.0.0.1", port: Number(port), user: username, database: "template" },
      migrations: { directory: join(folder, "old") },
    });
    await old.migrate.latest();
    await old("users").insert([{ name: "ada" }, { name: "bob" }]);
    await old("groups").insert({ name: "there before" });
    await old.destroy();
  });

  test("continues to the same end from every statement at which it can be cut", async () => {
    await copyDatabase(service().url, "template", "whole");
    const target = new URL(service().url);
    const whole = await cutAfter(target, Infinity);
    const { files } = await run(whole.port, "whole");
    expect(files).toEqual(Object.keys(NEXT));
    const wanted = await stateOf("whole");
    expect(wanted).toMatchObject({
      rows: [
        [
          { name: "ada", tenant: 7, label: "ADA" },
          { name: "bob", tenant: 7, label: "BOB" },
        ],
        [{ name: "counted 1" }, { name: "first" }, { name: "second" }, { name: "there before" }],
        [{ batch: 1 }, ...Object.keys(NEXT).map((name) => ({ name, batch: 2 }))],
      ],
    });
    const begins = whole.firstWith("REPLACE INTO") ?? 0;
    const all = whole.count();
    await whole.close();
    expect(begins).toBeGreaterThan(0);

    for (
      let last = 1;
      last < all;
      last += last < begins - STRIDE_OF_REHEARSAL ? STRIDE_OF_REHEARSAL : STRIDE
    ) {
      await on("DROP DATABASE IF EXISTS cut__mojaver");
      await copyDatabase(service().url, "template", "cut");
      const cut = await cutAfter(target, last);
      await run(cut.port, "cut").catch(() => undefined); // how it ends is the server's matter
      await cut.close();
      // The server ends the session, and with it the lock, when it has seen the end of the connection.
      await untilFree(() => on("SELECT IS_FREE_LOCK('mojaver cut') AS free"));
      const again = await run(target.port, "cut");
      expect({ last, state: await stateOf("cut") }).toEqual({ last, state: wanted });
      expect(again.triggers).toHaveLength(3);
    }
  }, 1_200_000);

  test("refuses to start a second run, and to finish an unfinished one", async () => {
    await on("DROP DATABASE IF EXISTS cut__mojaver");
    await copyDatabase(service().url, "template", "cut");
    const session = await connect(service().url);
    await session.rows("SELECT GET_LOCK('mojaver cut', 0)");
    await expect(run(new URL(service().url).port, "cut")).rejects.toThrow(
      "another schema change of cut is running",
    );
    await session.close();
    await untilFree(() => on("SELECT IS_FREE_LOCK('mojaver cut') AS free"));
    const cut = await cutAfter(new URL(service().url), 200); // in the middle, as the test above shows
    await run(cut.port, "cut").catch(() => undefined);
    await cut.close();
    await untilFree(() => on("SELECT IS_FREE_LOCK('mojaver cut') AS free"));
    const finish = (): Promise<string[]> => finishLiveMigration(`${service().url}/cut`, "stopped");
    await expect(finish()).rejects.toThrow("the live migration is unfinished");
    await run(new URL(service().url).port, "cut");
    expect(await finish()).toHaveLength(3);
  });
});

async function untilFree(read: () => Promise<Row[]>): Promise<void> {
  while (Number((await read())[0]?.["free"]) !== 1) await new Promise((resolve) => setTimeout(resolve, 10));
}
