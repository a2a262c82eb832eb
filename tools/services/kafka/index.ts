import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { firstLineOf, freePorts, installDebian, run, temporaryFolder } from "../machine.ts";
import { startProgram } from "../program.ts";
import type { Service } from "../service.ts";
import { hasJars, installJars, KAFKA_CACHE, KAFKA_VERSION } from "./jars.ts";
import { answersMetadata } from "./metadata.ts";

const CLUSTER_ID = "mojaloopVersioningTest"; // 22 characters, as KRaft wants
const ARCHIVE = join(KAFKA_CACHE, "kafka.jsa");

/** A Kafka broker with its controller in one process (KRaft). A folder that holds data is started again on its port. */
export const kafka: Service = {
  name: "kafka",
  variable: "KAFKA_BOOTSTRAP",
  next: (url) => [
    `java -cp '${join(KAFKA_CACHE, "libs", "*")}' org.apache.kafka.tools.TopicCommand --bootstrap-server ${url} --list`,
  ],
  doctor() {
    if (firstLineOf("java", "-version") === undefined) return { detail: "no program java" };
    if (!hasJars()) return { detail: `Kafka ${KAFKA_VERSION} is not in ${KAFKA_CACHE}` };
    return { where: "cache", detail: KAFKA_VERSION };
  },
  install() {
    if (this.doctor().where) return;
    const hasTools =
      firstLineOf("java", "-version") !== undefined && firstLineOf("mvn", "--version") !== undefined;
    if (!hasTools) installDebian("default-jdk-headless", "maven");
    installJars();
  },
  async start({ dir } = {}) {
    const folder = dir ?? temporaryFolder("kafka");
    const settings = join(folder, "server.properties");
    const isNew = !existsSync(settings);
    if (isNew) {
      mkdirSync(join(folder, "data"), { recursive: true });
      writeFileSync(settings, await newSettings(join(folder, "data")));
      run("java", [
        ...javaFlags(false),
        "kafka.tools.StorageTool",
        "format",
        "-t",
        CLUSTER_ID,
        "-c",
        settings,
      ]);
    }
    const [, address = ""] =
      /^advertised\.listeners=PLAINTEXT:\/\/(.*)$/m.exec(readFileSync(settings, "utf8")) ?? [];
    const broker = startProgram(
      "java",
      [...javaFlags(true), "kafka.Kafka", settings],
      dir === undefined ? folder : undefined,
    );
    await broker.ready(() => answersMetadata(Number(address.split(":")[1])), 90);
    return { url: address, pid: broker.pid, stop: () => broker.stop() };
  },
};

// The first broker that ends cleanly leaves an archive of loaded classes; later ones start in half the time.
function javaFlags(mayArchive: boolean): string[] {
  const archive = existsSync(ARCHIVE)
    ? [`-XX:SharedArchiveFile=${ARCHIVE}`]
    : mayArchive
      ? [`-XX:ArchiveClassesAtExit=${ARCHIVE}`]
      : [];
  return [
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xshare:auto",
    "-Xlog:disable",
    ...archive,
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-cp",
    join(KAFKA_CACHE, "libs", "*"),
  ];
}

async function newSettings(data: string): Promise<string> {
  const [port = 0, controller = 0] = await freePorts(2);
  const settings = {
    "process.roles": "broker,controller",
    "node.id": 1,
    "controller.quorum.voters": `1@127.0.0.1:${controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${port}`,
    "controller.listener.names": "CONTROLLER",
    "log.dirs": data,
    "num.partitions": 4,
    "auto.create.topics.enable": false,
    "offsets.topic.replication.factor": 1,
    "offsets.topic.num.partitions": 1,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "transaction.state.log.num.partitions": 1,
    "share.coordinator.state.topic.replication.factor": 1,
    "share.coordinator.state.topic.min.isr": 1,
    "group.initial.rebalance.delay.ms": 0,
    "group.min.session.timeout.ms": 1000,
    // Without these a broker that was killed is taken back only after 9 seconds.
    "broker.session.timeout.ms": 1500,
    "broker.heartbeat.interval.ms": 300,
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
}
