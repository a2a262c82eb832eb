export { knexEffects } from "./migration-files/knex-effects.ts";
export { readMigration, readMigrations } from "./migration-files/read-migrations.ts";
export { sqlEffects } from "./migration-files/sql-effects.ts";
