import { createHash } from "node:crypto";
import { quoted, type Session } from "../server/connect.ts";
import type { LivePlan } from "./live-plan.ts";

/** The database in which a live migration writes what it has done. */
export function stateName(database: string): string {
  return `${database}__mojaver`;
}

/** A live migration that has begun. */
export interface StoredRun {
  readonly plan: LivePlan;
  /** Number of knex's batch, the same for all files. */
  readonly batch: number;
  readonly finished: boolean;
}

/** What a live migration has done, kept in the server: an interrupted run goes on from it. */
export interface Journal {
  stored(): Promise<StoredRun | undefined>;
  start(plan: LivePlan, batch: number): Promise<void>;
  finish(): Promise<void>;
  /** The answers that the statements of a file got before an interruption, by their place in the file. */
  answers(file: string): Promise<ReadonlyMap<number, JournalEntry>>;
  /** Writes on the connection that is given, so that a data statement and its entry are one transaction. */
  record(session: Session, done: DoneStatement): Promise<void>;
  forget(session: Session, file: string): Promise<void>;
  /** Drops the whole journal. */
  remove(): Promise<void>;
}

/** A statement that was run, and what it answered. */
export interface DoneStatement {
  readonly file: string;
  /** Its place among the statements of the file, from 1. */
  readonly place: number;
  readonly sql: string;
  readonly answer: unknown;
}

export interface JournalEntry {
  readonly digest: string;
  readonly answer: unknown;
}

/** SHA-256 of a statement, which tells whether a migration sends the same one again. */
export function statementDigest(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}

/** Opens the journal of a database and creates it if it does not exist. */
export async function openJournal(session: Session, database: string): Promise<Journal> {
  const state = quoted(stateName(database));
  await session.run(`CREATE DATABASE IF NOT EXISTS ${state} CHARACTER SET utf8mb4`);
  await session.run(
    `CREATE TABLE IF NOT EXISTS ${state}.run (id TINYINT PRIMARY KEY, plan LONGTEXT NOT NULL, batch INT NOT NULL,
     started DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, finished DATETIME NULL)`,
  );
  await session.run(
    `CREATE TABLE IF NOT EXISTS ${state}.journal (file VARCHAR(255) NOT NULL, place INT NOT NULL, digest CHAR(64) NOT NULL,
     answer LONGTEXT NOT NULL, PRIMARY KEY (file, place))`,
  );
  return {
    async stored() {
      const [row] = await session.rows(`SELECT plan, batch, finished FROM ${state}.run WHERE id = 1`);
      if (!row) return undefined;
      const plan = JSON.parse(String(row["plan"])) as LivePlan; // what start() wrote
      return { plan, batch: Number(row["batch"]), finished: row["finished"] !== null };
    },
    async start(plan, batch) {
      await session.run(`DELETE FROM ${state}.journal`);
      await session.run(`REPLACE INTO ${state}.run (id, plan, batch) VALUES (1, ?, ?)`, [
        JSON.stringify(plan),
        batch,
      ]);
    },
    async finish() {
      await session.run(`UPDATE ${state}.run SET finished = CURRENT_TIMESTAMP WHERE id = 1`);
    },
    async answers(file) {
      const rows = await session.rows(`SELECT place, digest, answer FROM ${state}.journal WHERE file = ?`, [
        file,
      ]);
      return new Map(
        rows.map(({ place, digest, answer }) => [
          Number(place),
          { digest: String(digest), answer: JSON.parse(String(answer)) as unknown },
        ]),
      );
    },
    async record(connection, { file, place, sql, answer }) {
      await connection.run(`INSERT INTO ${state}.journal (file, place, digest, answer) VALUES (?, ?, ?, ?)`, [
        file,
        place,
        statementDigest(sql),
        JSON.stringify(answer ?? null),
      ]);
    },
    async forget(connection, file) {
      await connection.run(`DELETE FROM ${state}.journal WHERE file = ?`, [file]);
    },
    async remove() {
      await session.run(`DROP DATABASE ${state}`);
    },
  };
}
