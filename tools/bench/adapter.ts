import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { formatMediaType, type Version } from "@mojaloop-versioning/protocol";
import { Pool } from "undici";
import type { BenchTable } from "./table.ts";

const SUBJECT = fileURLToPath(new URL("adapter/subject.ts", import.meta.url));
const ROUND_MS = Number(process.env["BENCH_MS"] ?? 1_500);
const ROUNDS = 3;
const AT_ONCE = 32;

const party = {
  partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "27713803912", fspId: "old" },
  personalInfo: { complexName: { firstName: "Mats", lastName: "Hagman" }, dateOfBirth: "1983-10-25" },
};
const QUOTE = {
  quoteId: "b51ec534-ee48-4575-b6a9-ead2955b8069",
  transactionId: "a8323bc6-c228-4df2-ae82-e5a997baf899",
  payee: party,
  payer: party,
  amountType: "SEND",
  amount: { currency: "USD", amount: "124.45" },
  transactionType: { scenario: "TRANSFER", initiator: "PAYER", initiatorType: "CONSUMER" },
  expiration: "2130-09-24T08:38:08.699-04:00",
};
/** Says something that 1.0 cannot, so that the body itself must change. */
const NEWER = { ...QUOTE, payee: { ...party, supportedCurrencies: ["USD", "EUR"] } };

interface Subject {
  readonly urls: Readonly<Record<string, string>>;
  /** Microseconds of CPU that the process takes while `work` runs. */
  cpu(work: () => Promise<void>): Promise<number>;
  stop(): void;
}

interface Case {
  readonly name: string;
  readonly subject: Subject;
  readonly url: string;
  readonly version: Version;
  readonly body: object;
  readonly destination: string;
}

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpu: number;
}

/** The adapter beside no proxy at all and a bare one: each in a process of its own, in turns, the median of the rounds. */
export async function bench(): Promise<BenchTable> {
  const farEnd = await startSubject("far end");
  const target = farEnd.urls["target"] ?? "";
  const proxy = await startSubject("bare proxy", target);
  const adapter = await startSubject("adapter", target);
  const adapterUrl = (side: string): string => adapter.urls[side] ?? "";
  const cases: readonly Case[] = [
    { name: "no proxy", subject: farEnd, url: target, version: "2.0", body: QUOTE, destination: "new" },
    {
      name: "bare fastify + undici proxy",
      subject: proxy,
      url: proxy.urls["target"] ?? "",
      version: "2.0",
      body: QUOTE,
      destination: "new",
    },
    {
      name: "adapter, equal versions",
      subject: adapter,
      url: adapterUrl("participants"),
      version: "2.0",
      body: QUOTE,
      destination: "new",
    },
    {
      name: "adapter, 1.0 to 2.0",
      subject: adapter,
      url: adapterUrl("participants"),
      version: "1.0",
      body: QUOTE,
      destination: "new",
    },
    {
      name: "adapter, 2.0 to 1.0, members dropped",
      subject: adapter,
      url: adapterUrl("hub"),
      version: "2.0",
      body: NEWER,
      destination: "old",
    },
  ];
  try {
    const rounds = new Map<Case, Measured[]>(cases.map((each) => [each, []]));
    for (const each of cases) await load(each, ROUND_MS / 2);
    for (let round = 0; round < ROUNDS; round++) {
      for (const each of cases) rounds.get(each)?.push(await load(each, ROUND_MS));
    }
    const medians = cases.map((each) => medianOf(rounds.get(each) ?? []));
    const bare = medians[1];
    const direct = medians[0];
    return {
      title: `adapter: POST /quotes of ${JSON.stringify(QUOTE).length} bytes, ${AT_ONCE} at once`,
      columns: [
        "",
        "messages/s",
        "of bare proxy",
        "p50 ms",
        "p99 ms",
        "p99 added ms",
        "CPU µs/message",
        "of bare proxy",
      ],
      rows: cases.map(({ name }, i) => {
        const { perSecond = 0, p50 = 0, p99 = 0, cpu = 0 } = medians[i] ?? {};
        return [
          name,
          Math.round(perSecond),
          (perSecond / (bare?.perSecond ?? 1)).toFixed(2),
          p50.toFixed(2),
          p99.toFixed(2),
          i === 0 ? "" : (p99 - (direct?.p99 ?? 0)).toFixed(2),
          Math.round(cpu),
          i === 0 ? "" : (cpu / (bare?.cpu ?? 1)).toFixed(2),
        ];
      }),
    };
  } finally {
    for (const subject of [adapter, proxy, farEnd]) subject.stop();
  }
}

async function load({ subject, url, version, body, destination }: Case, ms: number): Promise<Measured> {
  const pool = new Pool(url, { connections: AT_ONCE });
  const type = formatMediaType({ resource: "quotes", version });
  const headers = {
    "content-type": type,
    accept: type,
    date: new Date().toUTCString(),
    "fspiop-source": version === "1.0" ? "old" : "new",
    "fspiop-destination": destination,
  };
  const text = JSON.stringify(body);
  const latencies: number[] = [];
  const until = performance.now() + ms;
  const cpu = await subject.cpu(async () => {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (performance.now() < until) {
          const started = performance.now();
          const reply = await pool.request({ method: "POST", path: "/quotes", headers, body: text });
          await reply.body.dump();
          if (reply.statusCode !== 202) throw new Error(`a message was answered ${reply.statusCode}`);
          latencies.push(performance.now() - started);
        }
      }),
    );
  });
  await pool.close();
  latencies.sort((a, b) => a - b);
  const at = (part: number): number => latencies[Math.floor(latencies.length * part)] ?? 0;
  return {
    perSecond: (1000 * latencies.length) / ms,
    p50: at(0.5),
    p99: at(0.99),
    cpu: cpu / latencies.length,
  };
}

function medianOf(rounds: readonly Measured[]): Measured {
  const median = (pick: (round: Measured) => number): number =>
    rounds.map(pick).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
  return {
    perSecond: median((round) => round.perSecond),
    p50: median((round) => round.p50),
    p99: median((round) => round.p99),
    cpu: median((round) => round.cpu),
  };
}

async function startSubject(kind: string, target = ""): Promise<Subject> {
  const execArgv = ["--import", "tsx"];
  const child = fork(SUBJECT, [kind, target], { execArgv });
  const { url } = (await said(child)) as { url: Readonly<Record<string, string>> }; // what subject.ts sends first
  return {
    urls: url,
    async cpu(work) {
      child.send("begin");
      await work();
      child.send("end");
      return ((await said(child)) as { cpu: number }).cpu; // what subject.ts sends when asked
    },
    stop: () => void child.kill(),
  };
}

async function said(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, "message")) as [unknown]; // the first argument of the event
  return message;
}
