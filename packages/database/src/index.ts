export type { DatabaseAddress } from "./server/connect.ts";
export type { Blocked, LockBudget } from "./server/without-waiting.ts";
export type { Blocker } from "./server/blockers.ts";
export type { LiveRefusal } from "./live/admission.ts";
export { centralLedgerValues } from "./fill/central-ledger.ts";
export { finishLiveMigration, type OldVersion } from "./live/finish-live.ts";
export { LIVE_RULES, type LiveRule, type NeededValue } from "./live/judge.ts";
export {
  migrateLive,
  planLiveMigration,
  type LiveMigrationOptions,
  type LiveMigrationReport,
  type LiveProgress,
} from "./live/migrate-live.ts";
export type { LivePlanOptions } from "./live/start-run.ts";
export { liveFindingsOf, neededValues, type LiveFinding, type LivePlan } from "./live/live-plan.ts";
export { renderLivePlan, renderLiveReport } from "./live/render-live.ts";
export {
  mergeColumnValues,
  parseColumnValues,
  type ColumnValue,
  type ColumnValues,
} from "./fill/column-values.ts";
