import { centralLedger } from "./central-ledger/index.ts";
import { chromium } from "./chromium/index.ts";
import { kafka } from "./kafka/index.ts";
import { mariadb } from "./mariadb/index.ts";
import { redis } from "./redis/index.ts";
import type {
  Diagnosis,
  Installable,
  RunningService,
  Service,
  ServiceName,
  StartOptions,
} from "./service.ts";

/** Every service, by name. */
export const SERVICES: Readonly<Record<ServiceName, Service>> = { mariadb, kafka, redis, chromium };

/** What can be installed: the services, and what their suites need besides. */
export const INSTALLABLE: Readonly<Record<string, Installable>> = {
  ...SERVICES,
  "central-ledger": centralLedger,
};

/** Where a service would come from: an address in the environment, then the cache or the machine. Starts nothing. */
export function diagnose(name: ServiceName): Diagnosis {
  const address = addressOf(name);
  return address === undefined ? SERVICES[name].doctor() : { where: "environment", detail: address };
}

/** The instance that the environment names, or a new one. */
export async function startService(name: ServiceName, options?: StartOptions): Promise<RunningService> {
  const url = addressOf(name);
  if (url !== undefined) return { url, stop: () => Promise.resolve() };
  return SERVICES[name].start(options);
}

function addressOf(name: ServiceName): string | undefined {
  const { variable } = SERVICES[name];
  const address = variable === undefined ? undefined : process.env[variable];
  return address === "" ? undefined : address;
}
