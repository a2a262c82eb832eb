import { errorNumber, type Session } from "./connect.ts";

/** How the server changed a table: `copy` blocks every write while it lasts, the others do not. */
export type AlterAlgorithm = "instant" | "nocopy" | "inplace" | "copy";

// MariaDB 10.11 accepts LOCK=NONE with each; MySQL refuses the combination with INSTANT (error 1221).
const ATTEMPTS = {
  mariadb: [
    ["instant", "ALGORITHM=INSTANT"],
    ["nocopy", "ALGORITHM=NOCOPY, LOCK=NONE"],
    ["inplace", "ALGORITHM=INPLACE, LOCK=NONE"],
  ],
  mysql: [
    ["instant", "ALGORITHM=INSTANT"],
    ["inplace", "ALGORITHM=INPLACE, LOCK=NONE"],
  ],
} as const;

const NOT_SUPPORTED = new Set([1845, 1846, 1221]); // ER_ALTER_OPERATION_NOT_SUPPORTED(_REASON), ER_WRONG_USAGE

/** Whether a statement can name an algorithm. */
export function isAlterTable(sql: string): boolean {
  return /^\s*alter\s+table\b/i.test(sql);
}

/**
 * Runs an ALTER TABLE with the first algorithm that the server accepts for it, so that it never copies unasked.
 * @returns the algorithm; undefined when the server would have to copy and may not
 */
export async function alterOnline(
  session: Session,
  sql: string,
  { mayCopy }: { readonly mayCopy: boolean },
): Promise<AlterAlgorithm | undefined> {
  for (const [algorithm, clause] of ATTEMPTS[session.server.family]) {
    try {
      await session.run(`${sql.trimEnd().replace(/;$/, "")}, ${clause}`);
      return algorithm;
    } catch (error) {
      if (!NOT_SUPPORTED.has(errorNumber(error) ?? 0)) throw error;
    }
  }
  if (!mayCopy) return undefined;
  await session.run(sql);
  return "copy";
}
