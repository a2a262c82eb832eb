import { createPeers, type Peer } from "./negotiate/peers.ts";
import { measureRequests } from "./negotiate/requests.ts";
import type { BenchTable } from "./table.ts";

const TYPE = "application/vnd.interoperability.transfers+json";
const CONTENT = `${TYPE};version=1.0`;
const ROUNDS = 9;

interface Load {
  readonly name: string;
  readonly promise: string;
  readonly calls: number;
  /** The Accept header of the nth call. */
  readonly accept: readonly string[];
}

const KIB64 = 65_000;

/** CPU time of negotiation, beside those who do the like, in one run; and what it adds to whole requests. */
export async function bench(): Promise<BenchTable> {
  const peers = createPeers();
  const rows: (string | number)[][] = loads().map(({ name, promise, calls, accept }) => [
    name,
    promise,
    ...peers.map((peer) => micros(cpuPerCall(peer, accept, calls))),
  ]);
  const blanks = peers.slice(1).map(() => "");
  for (const framework of ["express", "fastify"] as const) {
    const cost = await measureRequests(framework);
    const added = `${((cost.ratio - 1) * 100).toFixed(1)} % (${micros(cost.without)} → ${micros(cost.with)})`;
    rows.push([
      `a whole request on ${framework}, beside a handler that writes the same headers`,
      "≤ 3 %",
      added,
      ...blanks,
    ]);
  }
  return {
    title: `negotiate: µs of CPU a message, medians of ${ROUNDS} rounds`,
    columns: ["Accept, beside a Content-Type seen before", "promise", ...peers.map(({ name }) => name)],
    rows,
  };
}

function loads(): Load[] {
  const calls = 20_000;
  const fresh = (write: (i: number) => string): string[] =>
    Array.from({ length: calls * (ROUNDS + 1) }, (_, i) => flat(write(i)));
  const hostile = (name: string, accept: string): Load => ({
    name: `64 KiB of ${name}`,
    promise: "≤ 2000",
    calls: 20,
    accept: [accept],
  });
  return [
    { name: "seen before", promise: "≤ 0.2", calls: 200_000, accept: [`${TYPE};version=1`] },
    { name: "one new range", promise: "≤ 1", calls, accept: fresh((i) => `${TYPE};version=1.${i + 2}`) },
    {
      name: "three new weighted ranges",
      promise: "≤ 2.5",
      calls,
      accept: fresh((i) => `${TYPE};version=2.${i + 1};q=0.9, ${TYPE};version=1;q=0.5, */*;q=0.1`),
    },
    hostile("ranges", `${TYPE};version=1, `.repeat(KIB64 / (TYPE.length + 12))),
    hostile("commas", ",".repeat(KIB64)),
    hostile("semicolons", TYPE + ";".repeat(KIB64)),
    hostile("parameters", TYPE + ";a=b".repeat(KIB64 / 4)),
    hostile("an open quoted string", `${TYPE};a="${"\\a".repeat(KIB64 / 2)}`),
    hostile("blanks", `${TYPE}${" ".repeat(KIB64)};version=1`),
    hostile("one version", `${TYPE};version=${"9".repeat(KIB64)}`),
  ];
}

// As a header comes from the parser: one string, not a rope of parts.
function flat(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function cpuPerCall({ judge }: Peer, accept: readonly string[], calls: number): number {
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let i = 0; i < calls; i++) judge(accept[(round * calls + i) % accept.length] ?? "", CONTENT);
    const { user, system } = process.cpuUsage(before);
    // The first round is the warm-up.
    if (round > 0) rounds.push((user + system) / calls);
  }
  return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
}

function micros(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}
