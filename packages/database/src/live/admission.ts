import { liveFindingsOf, type LiveFinding, type LivePlan, type PlannedStatement } from "./live-plan.ts";
import { columnValue, type ColumnValues } from "../fill/column-values.ts";
import { LIVE_RULES, type LiveRule } from "./judge.ts";

/** Why a plan cannot start, and what would let it. */
export interface LiveRefusal {
  readonly file: string;
  readonly rule: LiveRule;
  /** What it is about: `transferParticipant.participantId`. */
  readonly subject: string;
  readonly reason: string;
  readonly cure: string;
}

/** What the operator decides. */
export interface Admission {
  readonly values?: ColumnValues;
  /** Findings that the operator has looked at: `unique-added settlementModel.name`. */
  readonly accept?: readonly string[];
  /** Largest table, in rows, that the server may copy while it blocks writes. Default 1,000. */
  readonly copyRows?: number;
}

const COPY_ROWS = 1000;

/** What stops a plan from starting; empty when it can run while the old version works. */
export function refusalsOf(
  plan: LivePlan,
  { values = {}, accept = [], copyRows = COPY_ROWS }: Admission,
): LiveRefusal[] {
  const isAccepted = ({ rule, subject }: Pick<LiveRefusal, "rule" | "subject">): boolean =>
    accept.includes(`${rule} ${subject}`);
  const refusals = [
    ...liveFindingsOf(plan).flatMap((finding) => refusalOf(finding, values)),
    ...copiesOf(plan, copyRows),
  ];
  return refusals.filter((refusal) => !isAccepted(refusal));
}

function refusalOf(finding: LiveFinding, values: ColumnValues): LiveRefusal[] {
  const { file, rule, subject } = finding;
  const refuse = (cure: string): LiveRefusal[] => [{ file, rule, subject, reason: LIVE_RULES[rule], cure }];
  if (finding.verdict === "breaks") return refuse("run this migration after the old version has stopped");
  if (finding.verdict === "unknown")
    return refuse(`check it, then accept it with --accept "${rule} ${subject}"`);
  const { table, column, for: reader } = finding.value;
  const value = columnValue(values, table, column);
  if (value) return [];
  if (value === null && reader === "reader") return [];
  const orNull = reader === "reader" ? ", or null if the old version accepts NULL there" : "";
  return refuse(`give an SQL expression for ${table}: ${column} in the file of values${orNull}`);
}

function copiesOf({ files, known, rows }: LivePlan, copyRows: number): LiveRefusal[] {
  return files.flatMap(({ name: file, statements }) =>
    statements.flatMap((statement) => {
      if (statement.algorithm !== "copy" || isReplaced(statement)) return [];
      return Object.keys(statement.change?.before ?? {})
        .filter(
          (table) => table in known.tables && statement.sql.includes(table) && (rows[table] ?? 0) > copyRows,
        )
        .slice(0, 1)
        .map((table): LiveRefusal => ({
          file,
          rule: "copies-table",
          subject: table,
          reason: `${LIVE_RULES["copies-table"]}: about ${rows[table] ?? 0} rows`,
          cure: `run it in a quiet hour with --accept "copies-table ${table}"`,
        }));
    }),
  );
}

/** Whether other statements run in place of this one, which do not copy. */
export function isReplaced(statement: PlannedStatement): boolean {
  return needsWriterValues(statement) || isForeignKeyOnly(statement);
}

/** Whether the statement adds a column, or a demand on one, that the old version leaves out. */
export function needsWriterValues({ findings }: PlannedStatement): boolean {
  return findings.some((finding) => finding.verdict === "needs-value" && finding.value.for === "writer");
}

/** Whether a statement only adds foreign keys (with their indexes): it can be done in place when the rows are checked afterwards. */
export function isForeignKeyOnly({ change }: PlannedStatement): boolean {
  const kinds = new Set(change?.differences.map(({ kind }) => kind));
  if (!kinds.delete("foreign-key-added")) return false;
  kinds.delete("index-added");
  return kinds.size === 0;
}
