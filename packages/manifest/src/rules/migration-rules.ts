/**
 * The rules for migrations, by id. Every tool that judges migrations uses these ids: the lint of texts in this package, and a lint that
 * runs the migrations on a server.
 */
export const MIGRATION_RULES = {
  "migration-removed": {
    text: "knex stops when a migration that the database has run is missing from the folder",
    source: "knex, Migrator, validateMigrationList",
  },
  "migration-edited": {
    text: "a migration that has run is not run again, so existing databases keep the result of the older text",
    source: "knex, Migrations",
  },
  "migration-repeats-key": {
    text: "MySQL refuses a second index or key with the same name",
    source: "MySQL Error Reference, ER_DUP_KEYNAME",
  },
  "required-foreign-column": {
    text: "existing rows have no valid value for a required column with a foreign key, so the migration fails",
    source: "MySQL Error Reference, ER_NO_REFERENCED_ROW_2",
  },
  "required-column": {
    text: "instances of the older release do not set this column, so their inserts fail",
    source: "MySQL Error Reference, ER_NO_DEFAULT_FOR_FIELD",
  },
  "drops-nullable": {
    text: "the column no longer accepts NULL: rows with NULL make the migration fail, and older instances may still write NULL",
    source: "MySQL Error Reference, ER_BAD_NULL_ERROR",
  },
  "contracts-schema": {
    text: "instances of the older release still use what is dropped or renamed",
    source: "Mojaloop versioning proposal, zero-downtime deployments",
  },
  "narrows-column": {
    text: "existing rows, or inserts of the older release, may not fit the new type",
    source: "MySQL Error Reference, ER_DATA_TOO_LONG, ER_WARN_DATA_OUT_OF_RANGE",
  },
  "unique-on-filled-table": {
    text: "the migration fails if rows repeat the value, and older instances may write it twice",
    source: "MySQL Error Reference, ER_DUP_ENTRY",
  },
  "foreign-on-filled-table": {
    text: "the migration fails if a row refers to nothing",
    source: "MySQL Error Reference, ER_NO_REFERENCED_ROW_2",
  },
  "copies-table": {
    text: "MySQL copies the whole table and blocks writes meanwhile; the time grows with the rows",
    source: "MySQL Reference Manual, Online DDL Operations",
  },
  "converts-charset": {
    text: "MySQL converts every text in the table, copies it and blocks writes meanwhile",
    source: "MySQL Reference Manual, Online DDL Operations",
  },
  "changes-view": {
    text: "queries of the older release read through the new definition of the view",
    source: "MySQL Reference Manual, CREATE VIEW",
  },
  "column-unknown": {
    text: "the earlier definition of the column is not known, so the effect of the change is not known either",
    source: "this package",
  },
  "raw-unparsed": {
    text: "this SQL could not be parsed, so its effect is not known",
    source: "this package",
  },
  "migration-unread": {
    text: "the text of the migration is not known, so its effect is not known either",
    source: "this package",
  },
  "set-incomplete": {
    text: "the list of migrations is not complete, so others may run",
    source: "this package",
  },
  "field-report": {
    text: "this migration failed at an operator",
    source: "the report that the finding names",
  },
} as const;
