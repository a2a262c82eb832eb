import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";

const ROUNDS = 15;
const REQUESTS = 3000;

/** Microseconds of server CPU a request, without the middleware and with it, in rounds that take turns. */
export interface Cost {
  readonly without: number;
  readonly with: number;
  /** With over without, the median of the rounds' own ratios: what the machine does besides falls on both of a round. */
  readonly ratio: number;
}

const TYPE = "application/vnd.interoperability.transfers+json";
const HEADERS = {
  accept: `${TYPE};version=1`,
  "content-type": `${TYPE};version=1.0`,
  "fspiop-source": "dfspa",
  "fspiop-destination": "dfspb",
  date: "Sat, 21 Nov 2026 09:00:00 GMT",
};
const BODY = JSON.stringify({
  transferId: "b51ec534-ee48-4575-b6a9-ead2955b8069",
  payerFsp: "dfspa",
  payeeFsp: "dfspb",
});

/** Measures whole requests on a framework, each service in a process of its own. */
export async function measureRequests(framework: "express" | "fastify"): Promise<Cost> {
  const services = await Promise.all([start(framework, "without"), start(framework, "with")]);
  const costs: [number[], number[]] = [[], []];
  for (let round = -1; round < ROUNDS; round++) {
    for (const [i, service] of services.entries()) {
      const cost = await load(service);
      if (round >= 0) costs[i === 0 ? 0 : 1].push(cost);
    }
  }
  for (const { child, pool } of services) {
    await pool.close();
    child.kill();
    await once(child, "exit");
  }
  const [without, with_] = costs;
  const ratios = with_.map((cost, round) => cost / (without[round] ?? NaN));
  return { without: median(without), with: median(with_), ratio: median(ratios) };
}

interface Service {
  readonly child: ChildProcess;
  readonly pool: Pool;
}

async function start(framework: string, middleware: string): Promise<Service> {
  const child = fork(fileURLToPath(new URL("service.ts", import.meta.url)), [framework, middleware], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const [port] = (await once(child, "message")) as [number]; // what service.ts sends first
  return { child, pool: new Pool(`http://127.0.0.1:${port}`, { connections: 10 }) };
}

async function load({ child, pool }: Service): Promise<number> {
  const before = await cpuOf(child);
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      for (let i = 0; i < REQUESTS / 10; i++) {
        const { statusCode, body } = await pool.request({
          method: "POST",
          path: "/transfers",
          headers: HEADERS,
          body: BODY,
        });
        if (statusCode !== 202) throw new Error(`the service answered ${statusCode}`);
        await body.dump();
      }
    }),
  );
  return ((await cpuOf(child)) - before) / REQUESTS;
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send("cpu");
  const [{ user, system }] = (await once(child, "message")) as [NodeJS.CpuUsage]; // what service.ts answers
  return user + system;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}
