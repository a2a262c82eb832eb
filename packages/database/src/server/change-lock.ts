import { VersioningError } from "@mojaloop-versioning/protocol";
import { connect, connectionOptions, type DatabaseAddress, type Session } from "./connect.ts";

/**
 * Opens a session in a database and holds the lock that lets one change of its schema run at a time. The lock ends with the session,
 * so a killed migrator never leaves it behind.
 * @throws VersioningError `invalid-option` without a database, `database-unusable` while another change runs
 */
export async function inDatabase<T>(
  address: DatabaseAddress,
  work: (session: Session, database: string) => Promise<T>,
): Promise<T> {
  const { database } = connectionOptions(address);
  if (database === undefined || database === "")
    throw new VersioningError("invalid-option", "the address names no database: mysql://host:3306/DATABASE");
  const session = await connect(address);
  try {
    await lockChange(session, database);
    return await work(session, database);
  } finally {
    await session.close();
  }
}

async function lockChange(session: Session, database: string): Promise<void> {
  const name = `mojaver ${database}`.slice(0, 64);
  const [row] = await session.rows("SELECT GET_LOCK(?, 0) AS got, IS_USED_LOCK(?) AS holder", [name, name]);
  if (Number(row?.["got"]) === 1) return;
  const holder = `connection ${String(row?.["holder"])}`;
  throw new VersioningError(
    "database-unusable",
    `another schema change of ${database} is running: ${holder}`,
  );
}
