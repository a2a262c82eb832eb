import { join } from "node:path";
import knex, { type Knex } from "knex";
import {
  centralLedgerFolder,
  type CentralLedgerVersion,
} from "../../../../tools/services/central-ledger/index.ts";
import { copySchema } from "../../src/schema/copy.ts";
import { connect } from "../../src/server/connect.ts";

/** Where a release keeps its migrations. */
export function migrationsOf(version: CentralLedgerVersion): string {
  return join(centralLedgerFolder(version), "migrations");
}

/** A knex of the test's own on a database, with the migrations and seeds of a release. */
export function plainKnex(url: string, database: string, version: CentralLedgerVersion): Knex {
  const { hostname, port, username } = new URL(url);
  return knex({
    client: "mysql2",
    connection: { host: hostname, port: Number(port), user: username, database },
    migrations: { directory: migrationsOf(version), tableName: "migration" },
    seeds: { directory: join(centralLedgerFolder(version), "seeds"), loadExtensions: [".js"] },
    log: { warn: () => undefined },
  });
}

/** Accounts of the two participants: `participantCurrencyId`. */
export const ACCOUNTS = { payer: 101, payee: 102 } as const;

/** Makes the ledger of a release by its own migrations and seeds, with two participants that have a position account in USD. */
export async function createLedger(
  url: string,
  database: string,
  version: CentralLedgerVersion,
): Promise<void> {
  const session = await connect(url);
  await session.run(`CREATE DATABASE ${database}`);
  await session.close();
  const ledger = plainKnex(url, database, version);
  try {
    await ledger.migrate.latest();
    await ledger.seed.run();
    for (const [i, [name, account]] of Object.entries(ACCOUNTS).entries()) {
      const participantId = 11 + i;
      await ledger("participant").insert({ participantId, name, isActive: 1, createdBy: "test" });
      await ledger("participantCurrency").insert({
        participantCurrencyId: account,
        participantId,
        currencyId: "USD",
        ledgerAccountTypeId: 1,
        isActive: 1,
        createdBy: "test",
      });
      await ledger("participantPosition").insert({
        participantCurrencyId: account,
        value: 0,
        reservedValue: 0,
        changedDate: "2026-01-01 00:00:00",
      });
    }
  } finally {
    await ledger.destroy();
  }
}

/** Copies a database with all of its rows. */
export async function copyDatabase(url: string, from: string, to: string): Promise<void> {
  const session = await connect(url);
  const tables = await session.rows(
    "SELECT TABLE_NAME AS t FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE'",
    [from],
  );
  await copySchema(
    session,
    from,
    to,
    tables.map(({ t }) => String(t)),
  );
  await session.close();
}
