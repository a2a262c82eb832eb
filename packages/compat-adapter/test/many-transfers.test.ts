import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Version } from "@mojaloop-versioning/protocol";
import { createDfsp, createHub, type Dfsp, type Hub } from "@mojaloop-versioning/simulator";
import { afterEach, expect, test } from "vitest";
import { needs } from "../../../tools/test-run/requirements.ts";
import { createAdapterChild } from "./support/adapter-child.ts";
import { startBalancer } from "./support/balancer.ts";
import { startRedis } from "./support/redis-server.ts";
import { startScheme } from "./support/scheme.ts";

const VERSIONS: readonly Version[] = ["1.0", "1.1", "2.0"];
// 1,000 for each payer in a long run, few here.
const TRANSFERS = Number(process.env["TRANSFERS"] ?? 9);
const AT_ONCE = 3;
const LONG = { timeout: 600_000 };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const idOf = (version: Version): string => version.replace(".", "");
const PAYERS = VERSIONS.map((version) => ({ fspId: `payer${idOf(version)}`, version, resends: 12 }));
const PAYEES = VERSIONS.map((version) => ({
  fspId: `payee${idOf(version)}`,
  version,
  resends: 12,
  parties: [{ type: "MSISDN", id: idOf(version), party: { name: `Payee of ${version}` } }],
}));

/** Each payer pays each payee in turn; gives back what did not end COMMITTED on every side. */
async function payAll(
  hub: Hub,
  dfsps: readonly Dfsp[],
  progress: (done: number) => void = () => undefined,
): Promise<string[]> {
  const payers = dfsps.filter(({ fspId }) => fspId.startsWith("payer"));
  const wrong: string[] = [];
  let done = 0;
  const payOne = async (payer: Dfsp, n: number): Promise<void> => {
    const payee = dfsps.find(({ fspId }) => fspId === PAYEES[n % PAYEES.length]?.fspId);
    const party = payee?.parties[0];
    if (!payee || !party) throw new Error("there is no such payee");
    const paid = await payer.pay({ to: party, amount: { amount: String(n + 1), currency: "USD" } });
    progress(++done);
    if (!paid.ok) return void wrong.push(`${payer.fspId} to ${payee.fspId}: ${JSON.stringify(paid)}`);
    const { transferId } = paid.body;
    await payee.until(() => (payee.transfers.get(transferId)?.state === "COMMITTED" ? true : undefined));
    const states = [payer, payee, hub].map(({ transfers }) => transfers.get(transferId)?.state);
    if (states.some((state) => state !== "COMMITTED")) wrong.push(`${transferId}: ${states.join(", ")}`);
  };
  await Promise.all(
    payers.flatMap((payer) =>
      Array.from({ length: AT_ONCE }, async (_, lane) => {
        for (let n = lane; n < TRANSFERS; n += AT_ONCE) await payOne(payer, n);
      }),
    ),
  );
  return wrong;
}

test(
  `payers of 1.0, 1.1 and 2.0 complete ${TRANSFERS} transfers each with payees of every version (issue 7)`,
  LONG,
  async () => {
    const scheme = await startScheme("2.0", [...PAYERS, ...PAYEES]);
    closing.push(scheme.close);
    expect(await payAll(scheme.hub, scheme.dfsps)).toEqual([]);
    expect([scheme.hub, ...scheme.dfsps].flatMap(({ failures }) => failures)).toEqual([]);
    expect(scheme.events.filter(({ outcome }) => outcome === "refused" || outcome === "failed")).toEqual([]);
  },
);

test(
  "the same with two adapters on one Redis, one of which is killed halfway",
  { ...LONG, ...needs("redis-server") },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "adapters-"));
    closing.push(() => rm(folder, { recursive: true }));
    const redis = await startRedis();
    closing.push(redis.kill);
    const hub = await createHub({ version: "2.0", resends: 12 });
    const dfsps = await Promise.all([...PAYERS, ...PAYEES].map((each) => createDfsp(each)));
    closing.push(hub.close, ...dfsps.map(({ close }) => close));
    // Only their conversations and what was heard tell which version each DFSP speaks.
    const participants = Object.fromEntries(
      dfsps.map(({ fspId, url, api }) => [
        fspId,
        fspId.startsWith("payee") ? { url, version: api.version } : { url },
      ]),
    );
    const config = { hub: { url: hub.url, version: "2.0" }, participants, store: { redis: redis.url } };
    const adapters = await Promise.all(
      ["one", "two"].map((name) => createAdapterChild(join(folder, `${name}.yaml`), config)),
    );
    await Promise.all(adapters.map((adapter) => adapter.start()));
    closing.push(...adapters.map((adapter) => adapter.kill));
    const outside = await startBalancer(adapters.map(({ urls }) => urls.participants));
    const inside = await startBalancer(adapters.map(({ urls }) => urls.hub));
    closing.push(outside.close, inside.close);
    for (const dfsp of dfsps) {
      dfsp.connect(outside.url);
      hub.register({ fspId: dfsp.fspId, parties: dfsp.parties, url: inside.url });
    }

    let killed: Promise<void> | undefined;
    const half = (TRANSFERS * PAYERS.length) / 2;
    const wrong = await payAll(hub, dfsps, (done) => {
      if (done >= half) killed ??= adapters[0]?.kill();
    });
    await killed;
    expect(wrong).toEqual([]);
    expect([hub, ...dfsps].flatMap(({ failures }) => failures)).toEqual([]);
  },
);
