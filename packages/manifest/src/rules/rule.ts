import { MIGRATION_RULES } from "./migration-rules.ts";

/** A rule by which this package judges: a sentence that ends a finding's message, and the document or tool that the rule comes from. */
export interface Rule {
  readonly text: string;
  readonly source: string;
}

const COMPATIBILITY_RULES = {
  unchanged: { text: "both releases state the same", source: "the two manifests" },
  "same-version": {
    text: "both sides use the same version of the resource",
    source: "FSPIOP API Definition 3.3",
  },
  "same-major": {
    text: "versions of one major interoperate: a minor version only adds",
    source: "FSPIOP API Definition 3.3.2",
  },
  "other-major": {
    text: "different majors of a resource do not interoperate without an adapter",
    source: "Mojaloop versioning proposal, Compatibility; FSPIOP API Definition 3.3.3",
  },
  "hub-forwards": {
    text: "the hub forwards a message in the version that it was sent in, so it must accept that version",
    source: "mojaloop/central-services-shared, src/util/headers/transformer.js",
  },
  "other-dialect": {
    text: "the two sides use different dialects (FSPIOP JSON and ISO 20022), so each message needs conversion",
    source: "FSPIOP API v2.0 ISO 20022 Message Mapping",
  },
  "no-resource": {
    text: "one side supports no version of the resource",
    source: "FSPIOP API Definition 3.3.4",
  },
  "no-conversion": {
    text: "no conversion between the two versions exists",
    source: "the coverage of the conversions",
  },
  "hub-unknown": {
    text: "the versions that the hub accepts are not known; add them to the manifest, or extract it with your values",
    source: "this package",
  },
  "participant-unknown": {
    text: "the versions of a participant are not known; name its API versions",
    source: "this package",
  },
  "conversion-unknown": {
    text: "what a conversion loses is not known; pass the coverage of @mojaloop-versioning/transform",
    source: "this package",
  },
  "api-major": {
    text: "a new major version of an API is a new major version of Mojaloop",
    source: "Mojaloop versioning proposal",
  },
  "api-minor": {
    text: "a new minor version of an API is a new minor version of Mojaloop",
    source: "Mojaloop versioning proposal",
  },
  "api-added": {
    text: "an added API version is a new minor version of Mojaloop",
    source: "Mojaloop versioning proposal",
  },
  "api-removed": {
    text: "a removed API or version is a new major version of Mojaloop",
    source: "Mojaloop versioning proposal",
  },
  "helm-only": {
    text: "Helm versions independently of the APIs: alone it is a hotfix z of x.y.z",
    source: "Mojaloop versioning proposal",
  },
  "schema-only": {
    text: "an internal schema is not visible outside: alone it is a hotfix z of x.y.z",
    source: "Mojaloop versioning proposal",
  },
  "not-stated": { text: "one side states no version, so the step is not known", source: "this package" },
} as const;

const UPGRADE_RULES = {
  "version-dropped": {
    text: "participants that still send this version are refused",
    source: "FSPIOP API Definition 3.3",
  },
  "hub-sends-major": {
    text: "messages that the hub itself creates have this version; participants of another major refuse them",
    source: "mojaloop services, config PROTOCOL_VERSIONS",
  },
  "api-unknown": {
    text: "the versions that services accept are not known on one side, so a removed version would not be seen",
    source: "this package",
  },
  "store-unknown": {
    text: "the migrations of this database are not known on one side, so the migrations that will run are not known",
    source: "this package",
  },
  "database-unknown": {
    text: "whether this service has a database of its own is not known",
    source: "this package",
  },
  "store-backwards": {
    text: "an older image stops at migrations that it does not have",
    source: "knex, Migrations",
  },
  "message-library-major": {
    text: "two majors of a messaging library may not read each other's Kafka messages; their envelope has no version",
    source: "Mojaloop versioning proposal, Kafka/Messaging",
  },
  "message-library-same": {
    text: "no change of the envelope within this major is known; the envelope has no version, so this is no proof",
    source: "messages of central-ledger and ml-api-adapter, 2023 to 2026",
  },
  "message-topics": {
    text: "a service that starts to use Kafka needs its topics, and consumers before producers",
    source: "package.json of the services in both releases",
  },
  "message-bodies": {
    text: "a Kafka message contains the body as the participant sent it, so older instances read versions that they never accepted",
    source: "messages of central-ledger and ml-api-adapter, 2023 to 2026",
  },
  "message-unknown": {
    text: "the messaging libraries of one side are not known, so its Kafka messages cannot be compared",
    source: "this package",
  },
  "helm-major": {
    text: "a new major version of the chart breaks values or topology",
    source: "mojaloop/documentation, docs/community/standards/versioning.md",
  },
  "helm-skips": {
    text: "releases are tested as upgrades from the previous one; skipping intermediate versions without downtime is a risk",
    source:
      "mojaloop/documentation, adoption/HubOperations/TechOps/release-management.md; PI-11 versioning slides",
  },
  "no-semver": {
    text: "below 11.0.0 a version counts PI, sprint and increment, so it promises no compatibility",
    source: "mojaloop/documentation, docs/community/standards/versioning.md",
  },
  "chart-unknown": {
    text: "the content of one chart is not known, so a backend that left the chart would not be seen",
    source: "this package",
  },
  "helm-unknown": {
    text: "the Helm version of one side is not known, so skipped majors would not be seen",
    source: "this package",
  },
  "backend-left-chart": {
    text: "the operator must run this backend, because the chart no longer contains it",
    source: "the two charts",
  },
  "infra-major": {
    text: "a new major version of a backend is an upgrade of its own",
    source: "the dependency matrices of the release notes",
  },
  "infra-minor": {
    text: "a release is tested with one version of each backend",
    source: "the dependency matrices of the release notes",
  },
  "service-removed": {
    text: "the upgrade removes services that are not in the newer release",
    source: "the two releases",
  },
  "service-backwards": { text: "this is a downgrade of the service", source: "the two releases" },
} as const;

/** The id of a rule. */
export type RuleId =
  keyof typeof COMPATIBILITY_RULES | keyof typeof UPGRADE_RULES | keyof typeof MIGRATION_RULES;

/** Every rule by which this package judges, by the id that findings and reasons contain. */
export const RULES: Readonly<Record<RuleId, Rule>> = {
  ...COMPATIBILITY_RULES,
  ...UPGRADE_RULES,
  ...MIGRATION_RULES,
};
