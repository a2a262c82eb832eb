import { VersioningError } from "@mojaloop-versioning/protocol";
import { inDatabase } from "../server/change-lock.ts";
import { quoted, type DatabaseAddress, type Session } from "../server/connect.ts";
import { waitForNoLock, withoutWaiting, type LockBudget } from "../server/without-waiting.ts";
import { fillTriggers } from "../fill/fill-trigger.ts";
import { openJournal } from "./journal.ts";

/** Which assurance there is that the old version is gone. */
export type OldVersion = "stopped" | { readonly account: string };

/**
 * Removes the triggers of a live migration and its journal, once the old version has stopped.
 * @param oldVersion `stopped` is the caller's word; with an account, no session of that account may be in the database
 * @throws VersioningError `unsafe-schema-change` while the migration is unfinished or the old version is connected
 * @returns the names of the removed triggers
 */
export async function finishLiveMigration(
  connection: DatabaseAddress,
  oldVersion: OldVersion,
  lock: LockBudget = {},
): Promise<string[]> {
  return inDatabase(connection, async (session, database) => {
    const journal = await openJournal(session, database);
    const stored = await journal.stored();
    if (stored && !stored.finished)
      throw new VersioningError(
        "unsafe-schema-change",
        "the live migration is unfinished: run it again first",
      );
    if (oldVersion !== "stopped") await refuseSessions(session, database, oldVersion.account);
    await waitForNoLock(session);
    const triggers = await fillTriggers(session);
    for (const { name } of triggers) {
      const sql = `DROP TRIGGER ${quoted(name)}`;
      await withoutWaiting(session, sql, () => session.run(sql), lock);
    }
    await journal.remove();
    return triggers.map(({ name }) => name);
  });
}

async function refuseSessions(session: Session, database: string, account: string): Promise<void> {
  const rows = await session.rows(
    "SELECT ID AS id, HOST AS host FROM information_schema.PROCESSLIST WHERE DB = ? AND USER = ? AND ID <> CONNECTION_ID()",
    [database, account],
  );
  if (rows.length === 0) return;
  const from = [...new Set(rows.map(({ host }) => String(host).split(":")[0]))].join(", ");
  const count = rows.length === 1 ? "1 session" : `${rows.length} sessions`;
  throw new VersioningError(
    "unsafe-schema-change",
    `the old version is connected: ${count} of ${account} from ${from}`,
  );
}
