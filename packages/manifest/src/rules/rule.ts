/** Every rule by which this package judges, by the id that findings and reasons bear: what it says, and the document or tool it is taken from. */
export const RULES = {
  unchanged: { says: "nothing moved", source: "the two manifests" },
  "same-version": {
    says: "the same version of a resource is the same contract",
    source: "FSPIOP API Definition 3.3",
  },
  "same-major": {
    says: "versions of one major interoperate: a minor only adds",
    source: "FSPIOP API Definition 3.3.2",
  },
  "other-major": {
    says: "different majors of a resource do not interoperate; an adapter may convert",
    source: "the Mojaloop versioning proposal, Compatibility; FSPIOP API Definition 3.3.3",
  },
  "hub-forwards": {
    says: "the hub passes the versions of a message on and converts nothing, so it must accept what is sent",
    source: "mojaloop/central-services-shared, src/util/headers/transformer.js",
  },
  "no-resource": {
    says: "who has no version of a resource cannot take part in it",
    source: "FSPIOP API Definition 3.3.4",
  },
  "api-major": {
    says: "a new major of an API is a new major of Mojaloop",
    source: "the Mojaloop versioning proposal",
  },
  "api-minor": {
    says: "a new minor of an API is a new minor of Mojaloop",
    source: "the Mojaloop versioning proposal",
  },
  "api-added": {
    says: "an API or a version added is a new minor of Mojaloop",
    source: "the Mojaloop versioning proposal",
  },
  "api-removed": {
    says: "an API or a version taken away is a new major of Mojaloop",
    source: "the Mojaloop versioning proposal",
  },
  "helm-only": {
    says: "Helm moves independently of the APIs: alone it is a hotfix z of x.y.z",
    source: "the Mojaloop versioning proposal",
  },
  "schema-only": {
    says: "an internal schema is not seen from outside: alone it is a hotfix z of x.y.z",
    source: "the Mojaloop versioning proposal",
  },
  "not-stated": { says: "what one side does not state cannot be compared", source: "this package" },
  "version-dropped": {
    says: "a version that is no longer accepted shuts out those who still send it",
    source: "FSPIOP API Definition 3.3",
  },
  "hub-sends-major": {
    says: "messages that the hub itself makes bear the version it sends; another major is refused by older participants",
    source: "mojaloop services, config PROTOCOL_VERSIONS",
  },
  "migration-removed": {
    says: "knex stops when a migration that the database has run is missing from the folder",
    source: "knex, Migrator validateMigrationList",
  },
  "migration-edited": {
    says: "a migration that has run is not run again: databases made by the old text keep its result",
    source: "knex, Migrations",
  },
  "migration-repeats-key": {
    says: "an index or a key that exists cannot be made again under the same name",
    source: "MySQL, ER_DUP_KEYNAME",
  },
  "required-foreign-column": {
    says: "a required column with a foreign key cannot be added to a table that holds rows: they have no valid value",
    source: "MySQL, ER_NO_REFERENCED_ROW_2",
  },
  "required-column": {
    says: "a required column without a default fails the inserts of instances that do not know it",
    source: "MySQL, ER_NO_DEFAULT_FOR_FIELD",
  },
  "contracts-schema": {
    says: "what is dropped or renamed fails the instances that still use it",
    source: "the Mojaloop versioning proposal, zero-downtime deployments",
  },
  "migration-unread": {
    says: "a migration whose text is not known cannot be judged",
    source: "this package",
  },
  "store-unknown": {
    says: "a database of which one side says nothing cannot be judged",
    source: "this package",
  },
  "store-backwards": {
    says: "knex does not go back by itself: an older image stops at migrations it lacks",
    source: "knex, Migrations",
  },
  "message-library-major": {
    says: "services of two majors of a messaging library need not read each other's Kafka messages: their envelope bears no version, and none of two majors are on record to compare",
    source: "the Mojaloop versioning proposal, Kafka/Messaging",
  },
  "message-library-same": {
    says: "nothing on record shows a change of the envelope within this major; it bears no version, so this is no proof",
    source: "eight messages of central-ledger and ml-api-adapter, 2023 to 2026",
  },
  "message-topics": {
    says: "a service that begins to use Kafka needs its topics, and consumers before producers",
    source: "the libraries of the two releases",
  },
  "message-bodies": {
    says: "a Kafka message carries the body as the participant sent it, its version in content.headers: instances of the older release would read bodies that they never accepted",
    source: "eight messages of central-ledger and ml-api-adapter, 2023 to 2026",
  },
  "message-unknown": {
    says: "Kafka messages of which one side says nothing cannot be judged",
    source: "this package",
  },
  "helm-major": {
    says: "a new major of the chart breaks values or topology; read its release notes",
    source: "mojaloop/documentation, community/standards/versioning.md",
  },
  "helm-skips": {
    says: "releases are validated from the previous stable one; majors in between bring their breaking changes along",
    source: "mojaloop/documentation, adoption/HubOperations/TechOps/release-management.md",
  },
  "no-semver": {
    says: "below 11.0.0 numbers count PI, sprint and increment and promise nothing",
    source: "mojaloop/documentation, community/standards/versioning.md",
  },
  "backend-left-chart": {
    says: "a backend that the chart no longer brings must be run by the operator",
    source: "the two charts",
  },
  "infra-major": {
    says: "a new major of a backend is an upgrade of its own",
    source: "the release notes' dependency matrices",
  },
  "infra-minor": {
    says: "a release is known to run with what it was tested with",
    source: "the release notes' dependency matrices",
  },
  "service-removed": {
    says: "a service that is no longer in the release is removed by the upgrade",
    source: "the two releases",
  },
  "service-backwards": { says: "a service older than before is a downgrade", source: "the two releases" },
} as const;

/** The id of a rule. */
export type RuleId = keyof typeof RULES;
