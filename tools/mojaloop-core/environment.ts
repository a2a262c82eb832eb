import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a process of central-ledger connects to. */
export interface Backends {
  /** `127.0.0.1:9092` */
  readonly kafka: string;
  readonly database: DatabaseAddress;
}

/** A database and the account that owns it. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly schema: string;
}

/** How one process runs. */
export interface ProcessOptions {
  readonly port: number;
  /** Whether it runs its migrations and seeds when it starts. */
  readonly migrate: boolean;
  readonly logLevel?: string;
}

type Config = Readonly<Record<string, unknown>>;

const BROKERS = "metadata.broker.list";

/**
 * The environment of a process of a release. central-ledger reads its settings with the library `rc`: `CLEDG_A__B` overrides `A.B` of
 * config/default.json, also where a key has dots.
 */
export function ledgerEnvironment(
  folder: string,
  { kafka, database }: Backends,
  { port, migrate, logLevel = "warn" }: ProcessOptions,
): Record<string, string> {
  const config = JSON.parse(readFileSync(join(folder, "config/default.json"), "utf8")) as Config;
  return {
    ...Object.fromEntries(brokerSettings(config, []).map((path) => [`CLEDG_${path.join("__")}`, kafka])),
    CLEDG_PORT: String(port),
    CLEDG_HOSTNAME: `http://127.0.0.1:${port}`,
    CLEDG_DATABASE__HOST: database.host,
    CLEDG_DATABASE__PORT: String(database.port),
    CLEDG_DATABASE__USER: database.user,
    CLEDG_DATABASE__PASSWORD: database.password,
    CLEDG_DATABASE__SCHEMA: database.schema,
    // The text "false" counts as true, so the setting is given only where it must be.
    ...(!migrate && { CLEDG_MIGRATIONS__DISABLED: "true" }),
    CLEDG_PROXY_CACHE__enabled: "false",
    LOG_LEVEL: logLevel,
  };
}

// Each client of each topic names the brokers for itself.
function brokerSettings(config: Config, path: readonly string[]): string[][] {
  return Object.entries(config).flatMap(([key, value]) => {
    if (key === BROKERS) return [[...path, key]];
    return isConfig(value) ? brokerSettings(value, [...path, key]) : [];
  });
}

function isConfig(value: unknown): value is Config {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
