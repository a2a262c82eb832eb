import { quoted, type Session } from "../server/connect.ts";

/**
 * Makes a new database with the schema of another and none of its rows, but those of the tables in `withRows`.
 * Replaces the target if it exists. Leaves the session in the target.
 * @param from both on the session's server
 */
export async function copySchema(
  session: Session,
  from: string,
  target: string,
  withRows: readonly string[],
): Promise<void> {
  const [created] = await session.rows(`SHOW CREATE DATABASE ${quoted(from)}`);
  const options = String(created?.["Create Database"]).replace(/^CREATE DATABASE (?:`(?:[^`]|``)*`)/, "");
  await session.run(`DROP DATABASE IF EXISTS ${quoted(target)}`);
  await session.run(`CREATE DATABASE ${quoted(target)}${options}`);
  const tables = await session.rows(
    "SELECT TABLE_NAME AS name, TABLE_TYPE AS type FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? ORDER BY name",
    [from],
  );
  await session.run(`USE ${quoted(target)}`);
  await session.run("SET SESSION foreign_key_checks = 0");
  for (const { name } of tables.filter(({ type }) => type === "BASE TABLE")) {
    const [row] = await session.rows(`SHOW CREATE TABLE ${quoted(from)}.${quoted(String(name))}`);
    await session.run(String(row?.["Create Table"]));
  }
  for (const table of withRows)
    await session.run(`INSERT INTO ${quoted(table)} SELECT * FROM ${quoted(from)}.${quoted(table)}`);
  await session.run("SET SESSION foreign_key_checks = 1");
  await copyViews(
    session,
    from,
    tables.filter(({ type }) => type === "VIEW").map(({ name }) => String(name)),
  );
}

// A view may read another: those that cannot be made yet are tried again while any other could be.
async function copyViews(session: Session, from: string, names: readonly string[]): Promise<void> {
  const failed: string[] = [];
  let reason: unknown;
  for (const name of names) {
    const [row] = await session.rows(`SHOW CREATE VIEW ${quoted(from)}.${quoted(name)}`);
    const text = String(row?.["Create View"])
      .replaceAll(`${quoted(from)}.`, "")
      .replace(/ DEFINER=\S+/, "");
    try {
      await session.run(text);
    } catch (error) {
      failed.push(name);
      reason = error;
    }
  }
  if (failed.length === names.length && failed.length > 0) throw reason;
  if (failed.length > 0) await copyViews(session, from, failed);
}
