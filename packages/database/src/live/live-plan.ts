import type { AlterAlgorithm } from "../server/alter-online.ts";
import type { SchemaDifference } from "../schema/schema-difference.ts";
import type { SchemaSnapshot, TableShape } from "../schema/snapshot.ts";
import type { LiveJudgement, NeededValue } from "./judge.ts";
import type { StatementKind } from "../knex/statement.ts";

/** What a directory of migrations would do to a running version, found by running it on a copy of the schema. Plain data. */
export interface LivePlan {
  readonly database: string;
  /** The server's version string. */
  readonly server: string;
  /** The table of knex. */
  readonly migrationTable: string;
  /** The files to run, in order. */
  readonly files: readonly PlannedFile[];
  /** The schema before, which the old version was written for. */
  readonly known: SchemaSnapshot;
  /** The schema that the plain run makes. */
  readonly final: SchemaSnapshot;
  /** Rows that each table has, as the server estimates. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface PlannedFile {
  readonly name: string;
  readonly digest: string;
  readonly statements: readonly PlannedStatement[];
}

export interface PlannedStatement {
  readonly kind: StatementKind;
  readonly sql: string;
  /** For DDL: the algorithm that the server accepted on the copy. */
  readonly algorithm?: AlterAlgorithm;
  /** For DDL: the tables that it changed, before and after; null where a table did not exist. */
  readonly change?: StatementChange;
  readonly findings: readonly LiveFinding[];
}

export interface StatementChange {
  readonly before: Readonly<Record<string, TableShape | null>>;
  readonly after: Readonly<Record<string, TableShape | null>>;
  readonly differences: readonly SchemaDifference[];
  /** `SHOW CREATE TABLE` after the statement, of each table that it changed. */
  readonly definitions: Readonly<Record<string, string>>;
}

/** A judgement that is not `safe`. */
export type LiveFinding = Exclude<LiveJudgement, { verdict: "safe" }> & {
  readonly file: string;
  /** What it is about: `transferParticipant.participantId`. */
  readonly subject: string;
};

/** The columns for which the plan needs values, each once. */
export function neededValues(plan: LivePlan): NeededValue[] {
  const all = liveFindingsOf(plan).flatMap((finding) =>
    finding.verdict === "needs-value" ? [finding.value] : [],
  );
  return [...new Map(all.map((value) => [`${value.table}.${value.column}.${value.for}`, value])).values()];
}

/** Every finding of a plan, in the order of its files. */
export function liveFindingsOf({ files }: LivePlan): LiveFinding[] {
  return files.flatMap(({ statements }) => statements.flatMap(({ findings }) => findings));
}
