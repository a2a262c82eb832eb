import { setTimeout as sleep } from "node:timers/promises";
import { VersioningError } from "@mojaloop-versioning/protocol";
import { findBlockers, type Blocker } from "./blockers.ts";
import { errorNumber, type Session } from "./connect.ts";

/** How long a statement is tried again while its lock is not free. */
export interface LockBudget {
  /** Seconds after which the statement is given up. Default 120. */
  readonly deadlineSeconds?: number;
  /** Called about once a second while the lock is not free, with the transactions that may hold it. */
  readonly onBlocked?: (blocked: Blocked) => void;
  /** Ends the tries. */
  readonly signal?: AbortSignal;
}

export interface Blocked {
  readonly statement: string;
  readonly seconds: number;
  readonly blockers: readonly Blocker[];
}

const DEADLINE_SECONDS = 120;
const LOCK_WAIT_TIMEOUT = 1205;
const DEADLOCK = 1213;

/**
 * Makes this session's DDL and row locks wait as little as the server can: MariaDB not at all, MySQL for one second, which is its
 * least. A DDL that waits stalls every statement behind it, and in a deadlock of metadata locks it wins against the service.
 */
export async function waitForNoLock(session: Session): Promise<void> {
  const least = session.server.family === "mariadb" ? 0 : 1;
  await session.run(`SET SESSION lock_wait_timeout = ${least}, innodb_lock_wait_timeout = ${least}`);
  await session.run("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
}

/**
 * Runs one piece of work again until its locks were free.
 * @param session one that `waitForNoLock` prepared
 * @returns the result, and how many times the lock was not free
 * @throws VersioningError `database-unusable` at the deadline, with the transactions that may hold the lock
 */
export async function withoutWaiting<T>(
  session: Session,
  statement: string,
  work: () => Promise<T>,
  { deadlineSeconds = DEADLINE_SECONDS, onBlocked, signal }: LockBudget = {},
): Promise<{ readonly result: T; readonly retries: number }> {
  const started = Date.now();
  let reported = started;
  for (let retries = 0; ; retries++) {
    signal?.throwIfAborted();
    if (session.server.family === "mysql") await quietMoment(session, started + deadlineSeconds * 1000);
    try {
      return { result: await work(), retries };
    } catch (error) {
      const number = errorNumber(error);
      if (number !== LOCK_WAIT_TIMEOUT && number !== DEADLOCK) throw error;
      const seconds = (Date.now() - started) / 1000;
      if (seconds > deadlineSeconds) throw await gaveUp(session, statement, seconds, error);
      if (onBlocked && Date.now() - reported > 1000) {
        reported = Date.now();
        onBlocked({ statement, seconds, blockers: await findBlockers(session) });
      }
    }
    await sleep(3 + Math.random() * 8); // jitter, so that the tries do not fall into step with a writer
  }
}

// MySQL always waits, so a statement is sent only when no transaction has been open for long.
async function quietMoment(session: Session, deadline: number): Promise<void> {
  while (Date.now() < deadline && (await findBlockers(session)).some(({ seconds }) => seconds >= 1))
    await sleep(20 + Math.random() * 30);
}

async function gaveUp(session: Session, statement: string, seconds: number, cause: unknown): Promise<Error> {
  const blockers = await findBlockers(session);
  const names = blockers.map(
    (blocker) =>
      `connection ${blocker.id} of ${blocker.user}, open for ${blocker.seconds} s: ${blocker.query}`,
  );
  const list = names.length === 0 ? "no open transaction was found" : names.join("; ");
  return new VersioningError(
    "database-unusable",
    `no lock in ${Math.round(seconds)} s for: ${statement.slice(0, 200)}. Open transactions: ${list}`,
    { cause },
  );
}
