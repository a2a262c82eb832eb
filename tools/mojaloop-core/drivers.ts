import type { DatabaseAddress } from "./environment.ts";
import { requireFrom } from "./release.ts";

/** One record of a topic. */
export interface TopicRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: Buffer;
}

/** What the harness needs of Kafka. */
export interface Messaging {
  /** Creates topics that are not there yet. */
  createTopics(names: readonly string[], partitions: number): Promise<void>;
  /** Writes a message and resolves when the broker has it. */
  send(topic: string, value: Buffer): Promise<void>;
  /** Calls `onRecord` with every record from now on. */
  follow(topics: readonly string[], onRecord: (record: TopicRecord) => void): Promise<void>;
  close(): Promise<void>;
}

/** What the harness needs of MariaDB. */
export interface Rows {
  query<T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

// The members of node-rdkafka that are used; it is loaded from an installed release, without its types.
type Done = (error: (Error & { code?: number }) | null) => void;
interface RdKafka {
  AdminClient: {
    create(config: object): {
      createTopic(topic: object, timeoutMs: number, done: Done): void;
      disconnect(): void;
    };
  };
  Producer: new (config: object) => RdProducer;
  KafkaConsumer: new (config: object, topicConfig: object) => RdConsumer;
}
interface RdClient {
  connect(metadata: object, done: Done): void;
  disconnect(done: () => void): void;
  on(event: string, listener: (...args: never[]) => void): void;
}
interface RdProducer extends RdClient {
  setPollInterval(ms: number): void;
  produce(
    topic: string,
    partition: number | null,
    value: Buffer,
    key: string | null,
    timestamp: number,
    opaque: unknown,
  ): void;
}
interface RdConsumer extends RdClient {
  assign(partitions: readonly { topic: string; partition: number; offset: number }[]): void;
  consume(): void;
  queryWatermarkOffsets(
    topic: string,
    partition: number,
    timeoutMs: number,
    done: (error: Error | null, offsets: { highOffset: number }) => void,
  ): void;
}

const TOPIC_EXISTS = 36;

/** Kafka by the driver of an installed release. */
export async function openMessaging(version: string, brokers: string): Promise<Messaging> {
  const rdkafka = requireFrom(version)("node-rdkafka") as RdKafka; // the members above
  const config = { "metadata.broker.list": brokers };
  const producer = new rdkafka.Producer({ ...config, dr_cb: true, "queue.buffering.max.ms": 1 });
  await settled((done) => {
    producer.connect({}, done);
  });
  producer.setPollInterval(5);
  producer.on(
    "delivery-report",
    (error: Error | null, { opaque }: { opaque: (error: Error | null) => void }) => {
      opaque(error);
    },
  );
  const consumers: RdConsumer[] = [];
  const partitionsOf = new Map<string, number>();
  return {
    async createTopics(names, partitions) {
      const admin = rdkafka.AdminClient.create(config);
      for (const topic of names) {
        partitionsOf.set(topic, partitions);
        await settled((done) => {
          admin.createTopic({ topic, num_partitions: partitions, replication_factor: 1 }, 15_000, (error) => {
            done(error?.code === TOPIC_EXISTS ? null : error);
          });
        });
      }
      admin.disconnect();
    },
    send: (topic, value) =>
      settled((done) => {
        producer.produce(topic, null, value, null, Date.now(), done);
      }),
    async follow(topics, onRecord) {
      const consumer = new rdkafka.KafkaConsumer(
        {
          ...config,
          "group.id": `mojaloop-core-${process.pid}`,
          "enable.auto.commit": false,
          "fetch.wait.max.ms": 10,
        },
        {},
      );
      consumers.push(consumer);
      await settled((done) => {
        consumer.connect({}, done);
      });
      consumer.on("data", onRecord); // a record has these members
      const all = topics.flatMap((topic) =>
        Array.from({ length: partitionsOf.get(topic) ?? 1 }, (_, partition) => ({ topic, partition })),
      );
      const starts = await Promise.all(
        all.map(
          ({ topic, partition }) =>
            new Promise<{ topic: string; partition: number; offset: number }>((resolve, reject) => {
              consumer.queryWatermarkOffsets(topic, partition, 10_000, (error, offsets) => {
                if (error) reject(error);
                else resolve({ topic, partition, offset: offsets.highOffset });
              });
            }),
        ),
      );
      consumer.assign(starts);
      consumer.consume();
    },
    async close() {
      for (const client of [producer, ...consumers])
        await new Promise<void>((resolve) => {
          client.disconnect(resolve);
        });
    },
  };
}

// The members of the library mysql that are used.
interface Mysql {
  createPool(config: object): {
    query(sql: string, values: readonly unknown[], done: (error: Error | null, rows: unknown) => void): void;
    end(done: () => void): void;
  };
}

/** A database by the driver of an installed release. */
export function openRows(
  version: string,
  address: Omit<DatabaseAddress, "schema"> & { schema?: string },
): Rows {
  const mysql = requireFrom(version)("mysql") as Mysql; // the members above
  const { host, port, user, password, schema } = address;
  const pool = mysql.createPool({ host, port, user, password, database: schema, connectionLimit: 2 });
  return {
    query: <T extends object>(sql: string, values: readonly unknown[] = []) =>
      new Promise<T[]>((resolve, reject) => {
        pool.query(sql, values, (error, rows) => {
          if (error) reject(error);
          else resolve(rows as T[]); // the caller names the columns that it selects
        });
      }),
    close: () =>
      new Promise<void>((resolve) => {
        pool.end(resolve);
      }),
  };
}

function settled(work: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    work((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
