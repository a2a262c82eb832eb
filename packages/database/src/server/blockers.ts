import type { Session } from "./connect.ts";

/** A transaction that is open now and may hold the lock that a statement needs. */
export interface Blocker {
  /** Connection id: what `KILL` takes. */
  readonly id: number;
  /** Account and address: `app@10.0.0.7:51000`. */
  readonly user: string;
  /** Age of the transaction. */
  readonly seconds: number;
  /** Its statement with every value replaced by `?`, or `idle`. */
  readonly query: string;
}

/** The open transactions of other connections, oldest first. Empty where the account may not see them (it needs PROCESS). */
export async function findBlockers(session: Session): Promise<Blocker[]> {
  try {
    const rows = await session.rows(
      `SELECT p.ID AS id, CONCAT(p.USER, '@', p.HOST) AS user, COALESCE(p.INFO, 'idle') AS query,
              TIMESTAMPDIFF(SECOND, t.trx_started, NOW()) AS seconds
       FROM information_schema.INNODB_TRX t
       JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id
       WHERE p.ID <> CONNECTION_ID() ORDER BY t.trx_started LIMIT 10`,
    );
    return rows.map(({ id, user, seconds, query }) => ({
      id: Number(id),
      user: String(user),
      seconds: Number(seconds),
      query: withoutValues(String(query)),
    }));
  } catch {
    return []; // a missing right must not stop the change: the list is only for people
  }
}

/** A statement with every literal replaced by `?`: names and account ids of people never reach a log. */
export function withoutValues(sql: string): string {
  return sql
    .replaceAll(/'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"/gs, "?")
    .replaceAll(/\b(?:0x[\da-f]+|\d+(?:\.\d+)?)\b/gi, "?")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, 200);
}
