import { VersioningError } from "@mojaloop-versioning/protocol";
import type { default as createKnex, Knex } from "knex";
import type { Connection } from "mysql2/promise";
import { connectionOptions, sessionOver, type DatabaseAddress, type Session } from "../server/connect.ts";

/** One statement that a migration sends. */
export interface SentStatement {
  readonly sql: string;
  readonly bindings: readonly unknown[];
  /** The connection that it is sent on. */
  readonly session: Session;
  /** Runs the statement as it stands. */
  readonly send: () => Promise<StatementAnswer>;
}

/** What the driver returned for a statement: rows, or the header with `affectedRows` and `insertId`. */
export type StatementAnswer = unknown;

/** Runs a statement, or something in its place, and returns what the migration gets to see. */
export type RunStatement = (statement: SentStatement) => Promise<StatementAnswer>;

// What knex hands to the driver.
interface KnexQuery {
  readonly sql: string;
  readonly bindings?: readonly unknown[];
  response?: readonly [unknown, unknown];
}

interface NativeConnection {
  promise(): Connection;
}

type KnexClient = new (config: Knex.Config) => Knex.Client & {
  _query(connection: NativeConnection, query: KnexQuery): Promise<KnexQuery>;
};

// Every error is thrown as well; a warning of knex about DDL in a transaction concerns the plain run.
const QUIET: Knex.Logger = { warn: () => undefined, error: () => undefined, debug: () => undefined };

/**
 * A knex instance whose every statement goes through `run`, inside transactions too.
 * @param prepare is called for each new connection
 * @throws VersioningError `missing-peer` without knex
 */
export async function knexThrough(
  address: DatabaseAddress,
  run: RunStatement,
  prepare: (session: Session) => Promise<void>,
): Promise<Knex> {
  const knex = await loadKnex();
  const base = knex({ client: "mysql2" });
  // knex makes the client of a transaction from the prototype of the client's class, so a method of one instance is not enough.
  const Client = (base.client as Knex.Client).constructor as KnexClient; // knex types its client as any
  const sessions = new WeakMap<NativeConnection, Promise<Session>>();
  const sessionOf = (connection: NativeConnection): Promise<Session> => {
    const known = sessions.get(connection) ?? sessionOver(connection.promise());
    sessions.set(connection, known);
    return known;
  };
  class ObservedClient extends Client {
    override async _query(connection: NativeConnection, query: KnexQuery): Promise<KnexQuery> {
      const send = async (): Promise<StatementAnswer> =>
        (await super._query(connection, query)).response?.[0];
      const { sql, bindings = [] } = query;
      query.response = [await run({ sql, bindings, session: await sessionOf(connection), send }), undefined];
      return query;
    }
  }
  return knex({
    client: ObservedClient as unknown as typeof Knex.Client, // knex's declaration of a client class lacks _query
    connection: connectionOptions(address) as object, // knex declares the same options with other types
    log: QUIET,
    acquireConnectionTimeout: 10_000,
    pool: {
      min: 0,
      // A server that is gone is reported at once instead of being asked again until the time is over.
      propagateCreateError: true,
      max: 2,
      afterCreate: (connection: NativeConnection, done: (error?: Error) => void) => {
        sessionOf(connection)
          .then(prepare)
          .then(() => done(), done);
      },
    },
  });
}

async function loadKnex(): Promise<typeof createKnex> {
  try {
    const { default: knex } = await import("knex"); // CommonJS: Node finds no named export
    return knex;
  } catch (cause) {
    throw new VersioningError("missing-peer", "the package knex is needed: npm install knex", { cause });
  }
}
