import { VersioningError } from "@mojaloop-versioning/protocol";
import type { Connection, ConnectionOptions, createConnection, ResultSetHeader } from "mysql2/promise";

/** Which server answers, and whether its DDL can be set to never wait. */
export interface ServerKind {
  readonly family: "mariadb" | "mysql";
  /** Version as the server prints it: `10.11.19-MariaDB`. */
  readonly version: string;
}

/** One row of a result, by column. */
export type Row = Readonly<Record<string, unknown>>;

/** One connection to the server, with the two calls that this package needs. */
export interface Session {
  readonly server: ServerKind;
  /** Id of the connection on the server. */
  readonly id: number;
  rows(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** @returns how many rows were affected */
  run(sql: string, values?: readonly unknown[]): Promise<number>;
  close(): Promise<void>;
}

/** Where the database is: a URL (`mysql://user:password@host:3306/central_ledger`) or mysql2's own options. */
export type DatabaseAddress = string | ConnectionOptions;

/**
 * Opens a connection with the optional peer `mysql2`.
 * @throws VersioningError `missing-peer` without mysql2, `database-unusable` when the server refuses or does not answer
 */
export async function connect(address: DatabaseAddress): Promise<Session> {
  const options = connectionOptions(address);
  const driver = await loadDriver();
  try {
    return await sessionOver(await driver.createConnection(options));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const place = `${options.host ?? "localhost"}:${options.port ?? 3306}`;
    throw new VersioningError("database-unusable", `cannot use the server at ${place}: ${reason}`, { cause });
  }
}

/** The options of mysql2 that an address means. */
export function connectionOptions(address: DatabaseAddress): ConnectionOptions {
  return typeof address === "string" ? fromUrl(address) : address;
}

function fromUrl(address: string): ConnectionOptions {
  if (!URL.canParse(address))
    throw new VersioningError("invalid-option", `the database address "${address}" is not a URL`);
  const { protocol, hostname, port, username, password, pathname } = new URL(address);
  if (protocol !== "mysql:" && protocol !== "mariadb:") {
    const wanted = "mysql://user:password@host:3306/database";
    throw new VersioningError(
      "invalid-option",
      `the database address has the protocol ${protocol}; use ${wanted}`,
    );
  }
  return {
    host: hostname,
    port: port === "" ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}

async function loadDriver(): Promise<{ readonly createConnection: typeof createConnection }> {
  try {
    return await import("mysql2/promise");
  } catch (cause) {
    throw new VersioningError("missing-peer", "the package mysql2 is needed: npm install mysql2", { cause });
  }
}

// A value that is read and written back must not pass through this process's time zone, nor through a float.
const AS_TEXT = { dateStrings: true, supportBigNumbers: true, bigNumberStrings: true } as const;

/** A session over a connection that is open already. */
export async function sessionOver(connection: Connection): Promise<Session> {
  const [rows] = await connection.query("SELECT VERSION() AS version, CONNECTION_ID() AS id");
  const [{ version, id } = { version: "", id: 0 }] = rows as unknown as { version: string; id: number }[]; // what is selected above
  return {
    server: { family: version.includes("MariaDB") ? "mariadb" : "mysql", version },
    id,
    async rows(sql, values = []) {
      const [found] = await connection.query({ sql, values: [...values], ...AS_TEXT });
      return found as Row[]; // a statement that returns rows
    },
    async run(sql, values = []) {
      const [result] = await connection.query(sql, [...values]);
      return (result as ResultSetHeader).affectedRows; // a statement that returns none
    },
    close: () => connection.end(),
  };
}

/** A name in backquotes. */
export function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

/** Several names in backquotes, with commas. */
export function quotedList(names: readonly string[]): string {
  return names.map(quoted).join(", ");
}

/** The number that the server gives an error: 1205 is a lock that was not free. */
export function errorNumber(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errno" in error)) return undefined;
  return typeof error.errno === "number" ? error.errno : undefined;
}
