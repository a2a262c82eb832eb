import { beforeAll, expect, test } from "vitest";
import { describeWith } from "../../../tools/services/suite.ts";
import { centralLedgerValues, finishLiveMigration, migrateLive } from "../src/index.ts";
import { compareSchemas } from "../src/schema/schema-difference.ts";
import { readSchema } from "../src/schema/snapshot.ts";
import { connect, type Row } from "../src/server/connect.ts";
import { ACCOUNTS, copyDatabase, createLedger, migrationsOf, plainKnex } from "./central-ledger/ledger.ts";
import { startRelease, type WritersReport } from "./central-ledger/release.ts";

const WRITERS = 5;
const MINUTES = 60_000;

// The upgrade of central-ledger from 17.7.2 to 19.5.5, with the migrations and the models of both releases from npm.
describeWith(
  "mariadb",
  "central-ledger 17.7.2 to 19.5.5",
  (service) => {
    const rowsOf = async (database: string, sql: string): Promise<Row[]> => {
      const session = await connect(`${service().url}/${database}`);
      try {
        return await session.rows(sql);
      } finally {
        await session.close();
      }
    };
    const countOf = async (database: string, condition: string): Promise<number> =>
      Number((await rowsOf(database, `SELECT COUNT(*) AS count FROM ${condition}`))[0]?.["count"]);

    // Writes with the old release before, during and after a change.
    async function whileWriting(database: string, change: () => Promise<unknown>): Promise<WritersReport> {
      const old = await startRelease("17.7.2", service().url, database);
      try {
        await old.startWriters(WRITERS, Object.values(ACCOUNTS));
        await until(async () => (await old.count()) >= 20);
        await change();
        const reached = await old.count();
        await until(async () => (await old.count()) >= reached + 20);
        return await old.stopWriters();
      } finally {
        await old.stop();
      }
    }

    beforeAll(async () => {
      await createLedger(service().url, "ledger", "17.7.2");
      for (const database of ["plain", "live"]) await copyDatabase(service().url, "ledger", database);
    }, 5 * MINUTES);

    test(
      "negative control: the plain run makes statements of the old version fail",
      async () => {
        const { failures } = await whileWriting("plain", async () => {
          const knex = plainKnex(service().url, "plain", "19.5.5");
          await knex.migrate.latest().finally(() => knex.destroy());
        });
        expect(failures.join("\n")).toContain("Field 'participantId' doesn't have a default value");
      },
      10 * MINUTES,
    );

    test(
      "the live run: no statement fails, every row has its values, schema and migration rows as the plain run",
      async () => {
        const report = await whileWriting("live", () =>
          migrateLive({
            connection: `${service().url}/live`,
            directory: migrationsOf("19.5.5"),
            values: centralLedgerValues,
          }),
        );
        expect(report.failures).toEqual([]);
        expect(report.transfers).toBeGreaterThan(0);
        expect(
          await countOf(
            "live",
            `transferParticipant tp JOIN participantCurrency pc USING (participantCurrencyId) WHERE pc.participantId = tp.participantId`,
          ),
        ).toBe(2 * report.transfers);
        expect(
          await countOf(
            "live",
            `participantPositionChange pc JOIN participantPosition pp USING (participantPositionId)
             WHERE pc.participantCurrencyId = pp.participantCurrencyId AND pc.\`change\` = 1.5`,
          ),
        ).toBe(report.transfers);
        const session = await connect(service().url);
        expect(compareSchemas(await readSchema(session, "plain"), await readSchema(session, "live"))).toEqual(
          [],
        );
        await session.close();
        const ran = "SELECT name, batch FROM migration ORDER BY id";
        expect(await rowsOf("live", ran)).toEqual(await rowsOf("plain", ran));
      },
      10 * MINUTES,
    );

    test("rows of the new version are found by the old version's own query, while the triggers are there", async () => {
      const written = async (database: string): Promise<unknown> => {
        const [next, old] = await Promise.all([
          startRelease("19.5.5", service().url, database),
          startRelease("17.7.2", service().url, database),
        ]);
        try {
          return await old.find(await next.prepare());
        } finally {
          await Promise.all([next.stop(), old.stop()]);
        }
      };
      expect(await written("live")).toEqual({ payer: "payer", payee: "payee" });
      // Negative control: 19.5.5 leaves the payee's account NULL, and 17.7.2 joins on it.
      expect(await written("plain")).toBe(null);
    });

    test("the triggers go when the old version has stopped, and not before", async () => {
      const url = `${service().url}/live`;
      const old = await startRelease("17.7.2", service().url, "live");
      await old.prepare();
      await expect(finishLiveMigration(url, { account: "root" })).rejects.toThrow(
        "the old version is connected",
      );
      await old.stop();
      expect(await finishLiveMigration(url, { account: "root" })).toHaveLength(4);
      expect(await rowsOf("live", "SHOW TRIGGERS")).toEqual([]);
    });
  },
  ["central-ledger"],
);

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}
