export { bump, renderBump, type Bump, type BumpLevel, type BumpRow } from "./compatibility/bump.ts";
export {
  canTalk,
  type ResourceTalk,
  type Talk,
  type TalkOptions,
  type TalkVerdict,
} from "./compatibility/can-talk.ts";
export {
  CONVERSIONS,
  type Conversion,
  type ConversionStep,
  type Coverage,
  type CoverageEntry,
} from "./compatibility/conversion.ts";
export {
  FSPIOP_RESOURCES,
  KNOWN_RESOURCES,
  speakerOf,
  type ApiResources,
  type Dialect,
  type Speaker,
  type Spoken,
} from "./compatibility/participant.ts";
export { renderTalk } from "./compatibility/render-talk.ts";
export {
  parseServiceVersion,
  renderSkew,
  skew,
  type ServiceVersion,
  type Skew,
  type SkewEvidence,
  type SkewVerdict,
} from "./compatibility/skew.ts";
export { diffManifests, type ManifestDifference } from "./manifest/diff-manifests.ts";
export { findManifest } from "./manifest/find-manifest.ts";
export { imageTags } from "./manifest/image-tags.ts";
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
} from "./manifest/manifest.ts";
export { manifestJsonSchema, manifestSchema } from "./manifest/manifest-schema.ts";
export { parseManifest, readManifest } from "./manifest/parse-manifest.ts";
export { renderManifest, renderTable, type RenderOptions } from "./manifest/render-table.ts";
export { shippedManifests } from "./manifest/shipped-manifests.ts";
export { verifyManifest } from "./manifest/verify-manifest.ts";
export { EFFECT_KINDS, type Effect, type EffectKind } from "./migrations/effect.ts";
export { migrationDigest, setDigest, type Migration, type MigrationSet } from "./migrations/migration.ts";
export { checkMigrations, pendingMigrations } from "./migrations/migration-check.ts";
export { migrationPhase, type MigrationPhase } from "./migrations/migration-phase.ts";
export { migrationsAt, servicesWithMigrations } from "./migrations/migration-set.ts";
export { MIGRATION_RULES } from "./rules/migration-rules.ts";
export { RULES, type Rule, type RuleId } from "./rules/rule.ts";
export { SEVERITIES, type Severity, type UpgradeFinding, type UpgradePart } from "./rules/upgrade-finding.ts";
export { formatTable, type TableFormat } from "./text/text-table.ts";
export { readReports, shippedReports, type FieldReport } from "./upgrade/field-report.ts";
export { findingLines, renderPath, renderUpgrade } from "./upgrade/render-upgrade.ts";
export {
  upgradeCheck,
  type UpgradeCheck,
  type UpgradeOptions,
  type UpgradeVerdict,
} from "./upgrade/upgrade-check.ts";
export { upgradePath, type UpgradePath } from "./upgrade/upgrade-path.ts";
export { type Rollback } from "./upgrade/upgrade-steps.ts";
