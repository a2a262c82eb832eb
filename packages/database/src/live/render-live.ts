import type { LiveRefusal } from "./admission.ts";
import { LIVE_RULES } from "./judge.ts";
import type { LiveMigrationReport } from "./migrate-live.ts";
import { liveFindingsOf, type LivePlan } from "./live-plan.ts";

/** A plan for people: the verdict, what has to be decided, and what is done about each finding. */
export function renderLivePlan(plan: LivePlan, refusals: readonly LiveRefusal[]): string {
  const { files, database, server } = plan;
  const statements = files.flatMap((file) => file.statements);
  const verdict =
    refusals.length === 0
      ? `ok: ${plural(files.length, "migration")} can run while the old version works`
      : `blocks: ${plural(refusals.length, "decision")} needed before anything is changed`;
  const findings = liveFindingsOf(plan)
    .filter(
      ({ subject, rule }) =>
        !refusals.some((refusal) => refusal.subject === subject && refusal.rule === rule),
    )
    .map(({ file, rule, subject }) => `[${rule}] ${file}: ${subject}: ${LIVE_RULES[rule]}; handled`);
  return [
    verdict,
    `${database} on ${server}: ${plural(statements.filter(({ kind }) => kind === "ddl").length, "statement")} that change the schema`,
    ...refusals.map(
      ({ file, rule, subject, reason, cure }) => `[${rule}] ${file}: ${subject}: ${reason}\n  to do: ${cure}`,
    ),
    ...findings,
    "",
  ].join("\n");
}

/** A report for people: what ran, what was filled, and what is left to do. */
export function renderLiveReport({ files, resumed, retries, filled, triggers }: LiveMigrationReport): string {
  const rows = Object.entries(filled).map(([cell, count]) => `  ${cell}: ${plural(count, "row")} filled`);
  const next = "next: start the new version; when the old one has stopped, run mojaver db finish";
  return [
    `ok: ${plural(files.length, "migration")} ran${resumed ? ", continued after an interruption" : ""}`,
    ...rows,
    `  ${plural(retries, "time")} a lock was not free, and the statement was sent again`,
    `  ${plural(triggers.length, "trigger")} serve the other version`,
    triggers.length > 0 ? next : "next: start the new version",
    "",
  ].join("\n");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
