export { diffManifests, type ManifestDifference } from "./diff-manifests.ts";
export { bump, renderBump, type Bump, type BumpLevel, type BumpRow } from "./bump.ts";
export { canTalk, type ResourceTalk, type Talk, type TalkOptions, type TalkVerdict } from "./can-talk.ts";
export {
  CONVERSIONS,
  type Conversion,
  type ConversionStep,
  type Coverage,
  type CoverageEntry,
} from "./conversion.ts";
export { findManifest } from "./find-manifest.ts";
export { EFFECT_KINDS, knexEffects, type Effect, type EffectKind } from "./knex-effects.ts";
export {
  helmVersion,
  preferred,
  type Claim,
  type Claims,
  type Confidence,
  type HelmContent,
  type Manifest,
  type ManifestApi,
  type ManifestFinding,
  type ManifestHelm,
  type ManifestResource,
  type ManifestService,
  type ManifestStore,
  type MessagingLibraries,
  type Sourced,
} from "./manifest.ts";
export { manifestJsonSchema, manifestSchema } from "./manifest-schema.ts";
export { migrationDigest, readMigrations, setDigest, type Migration } from "./migration.ts";
export {
  checkMigrations,
  migrationPhase,
  pendingMigrations,
  type MigrationPhase,
  type MigrationSet,
} from "./migration-check.ts";
export { tagsNewest, tagsOfImage, type NewestTagOptions } from "./newest-tag.ts";
export { parseManifest, readManifest } from "./parse-manifest.ts";
export { FSPIOP_RESOURCES, speakerOf, type ApiResources, type Speaker, type Spoken } from "./participant.ts";
export { renderManifest, renderTable, type RenderOptions } from "./render-table.ts";
export { renderPath, renderTalk, renderUpgrade } from "./render-upgrade.ts";
export { RULES, type RuleId } from "./rule.ts";
export { shippedManifests } from "./shipped-manifests.ts";
export {
  compareTags,
  lineOf,
  parseTag,
  promisesSemver,
  type Tag,
  type TagKind,
  type TagScheme,
} from "./tag.ts";
export { formatTable, type TableFormat } from "./text-table.ts";
export { upgradeCheck, type FieldReport, type UpgradeCheck, type UpgradeOptions } from "./upgrade-check.ts";
export { SEVERITIES, type Severity, type UpgradeFinding, type UpgradePart } from "./upgrade-finding.ts";
export { upgradePath, type UpgradePath } from "./upgrade-path.ts";
export { type Rollback } from "./upgrade-steps.ts";
export { verifyManifest } from "./verify-manifest.ts";
export {
  supportCalendar,
  supportCalendarSvg,
  toEndOfLife,
  toNodeSchedule,
  type CalendarOptions,
  type EndOfLifeCycle,
  type NodeSchedule,
} from "./support-calendar.ts";
export {
  lineFor,
  readPolicy,
  shippedPolicies,
  supportWindows,
  type SupportPolicy,
  type SupportRung,
  type SupportWindow,
} from "./support-policy.ts";
export { readReleases, shippedReleases, withManifests, type Release } from "./release.ts";
export { supportGaps, supportStatus, type SupportGap, type SupportStatus } from "./support-status.ts";
export { parseDate } from "./calendar-date.ts";
export { serviceOfMigrations } from "./extract-inputs.ts";
export { extractFromChart, type ExtractOptions } from "./extract-manifest.ts";
export { readReleaseNote, type ReleaseNote } from "./release-note.ts";
