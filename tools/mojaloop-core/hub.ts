import { startService } from "../services/find.ts";
import type { RunningService } from "../services/service.ts";
import { openMessaging, openRows, type Messaging, type Rows } from "./drivers.ts";
import type { Backends } from "./environment.ts";
import { startLedger, type LedgerOptions, type LedgerProcess } from "./ledger.ts";
import { onboard } from "./onboarding.ts";
import { startTraffic, type Traffic } from "./traffic.ts";

/** A hub of one release with a database and a broker of its own, onboarded and warm. */
export interface Hub {
  readonly backends: Backends;
  readonly api: LedgerProcess;
  readonly handlers: LedgerProcess;
  readonly messaging: Messaging;
  readonly rows: Rows;
  readonly traffic: Traffic;
  /** Ends everything that was started, the processes of later releases included. */
  stop(): Promise<void>;
  /** Starts another process on the same database and broker; `stop` ends it too. */
  start(part: LedgerProcess["part"], options: Omit<LedgerOptions, "backends">): Promise<LedgerProcess>;
}

/** The topics of central-ledger's docker/kafka/scripts/provision.sh. */
export const TOPICS: readonly string[] = [
  "topic-transfer-prepare",
  "topic-transfer-position",
  "topic-transfer-position-batch",
  "topic-transfer-fulfil",
  "topic-transfer-get",
  "topic-notification-event",
  "topic-admin-transfer",
  "topic-bulk-prepare",
  "topic-bulk-fulfil",
  "topic-bulk-processing",
  "topic-bulk-get",
  "topic-fx-quotes-post",
  "topic-fx-quotes-put",
  "topic-fx-quotes-get",
];

const ACCOUNT = { user: "central_ledger", password: "password", schema: "central_ledger" };
/** A process is healthy before its consumers have their partitions, so some transfers go first. */
const WARM_UP = 10;

/** Starts a hub: database, broker, topics, migrations, API, handlers, two participants with funds. */
export async function startHub(options: Omit<LedgerOptions, "backends">): Promise<Hub> {
  const ending: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ending.splice(0).reverse()) await end();
  };
  const started = async (service: Promise<RunningService>): Promise<RunningService> => {
    const running = await service;
    ending.push(() => running.stop());
    return running;
  };
  const { version } = options;
  try {
    const [mariadb, kafka] = await Promise.all([
      started(startService("mariadb")),
      started(startService("kafka")),
    ]);
    const backends = { kafka: kafka.url, database: await createDatabase(version, mariadb.url) };
    const messaging = await openMessaging(version, kafka.url);
    ending.push(() => messaging.close());
    await messaging.createTopics(TOPICS, 1);
    const rows = openRows(version, backends.database);
    ending.push(() => rows.close());

    const start: Hub["start"] = async (part, more) => {
      const ledger = await startLedger(part, { ...more, backends });
      ending.push(() => ledger.stop());
      return ledger;
    };
    const api = await start("api", { ...options, migrate: true });
    await api.healthy(300);
    const handlers = await start("handlers", options);
    await handlers.healthy();
    await onboard(`http://127.0.0.1:${api.port}`, "http://127.0.0.1:9");
    const traffic = await startTraffic(messaging);
    for (let sent = 0; sent < WARM_UP; sent += 1) await traffic.one();
    return { backends, api, handlers, messaging, rows, traffic, stop, start };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function createDatabase(version: string, url: string): Promise<Backends["database"]> {
  const { hostname: host, port, username, password } = new URL(url);
  const owner = openRows(version, { host, port: Number(port), user: username, password });
  const { user, schema } = ACCOUNT;
  await owner.query(`create database if not exists \`${schema}\``);
  await owner.query(`create user if not exists ?@'%' identified by ?`, [user, ACCOUNT.password]);
  await owner.query(`grant all on \`${schema.replace("_", "\\_")}%\`.* to ?@'%'`, [user]);
  await owner.close();
  return { host, port: Number(port), ...ACCOUNT };
}
