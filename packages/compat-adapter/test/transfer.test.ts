import type { Version } from "@mojaloop-versioning/protocol";
import { afterEach, expect, test } from "vitest";
import { startScheme, type Scheme } from "./support/scheme.ts";

let scheme: Scheme | undefined;
afterEach(async () => {
  await scheme?.close();
  scheme = undefined;
});

const VERSIONS: readonly Version[] = ["1.0", "1.1", "2.0"];
const PARTIES = [{ type: "MSISDN", id: "123", party: { name: "Ada" } }];
const PAYMENT = { to: { type: "MSISDN", id: "123" }, amount: { amount: "10", currency: "USD" } };

const PAIRS = VERSIONS.flatMap((payer) => VERSIONS.map((payee) => [payer, payee] as const));

test.each(PAIRS)(
  "a payer on %s and a payee on %s commit through a hub on 2.0",
  async (payerVersion, payeeVersion) => {
    scheme = await startScheme("2.0", [
      { fspId: "payerfsp", version: payerVersion },
      { fspId: "payeefsp", version: payeeVersion, parties: PARTIES },
    ]);
    const [payer, payee] = scheme.dfsps;
    if (!payer || !payee) throw new Error("two DFSPs were asked for");
    const paid = await payer.pay(PAYMENT);
    expect(paid).toMatchObject({ ok: true, body: { state: "COMMITTED" } });
    const { transferId } = paid.ok ? paid.body : { transferId: "" };
    await payee.until(() => (payee.transfers.get(transferId)?.state === "COMMITTED" ? true : undefined));
    expect(payee.transfers.get(transferId)?.state).toBe("COMMITTED");
    expect(scheme.hub.transfers.get(transferId)?.state).toBe("COMMITTED");
    for (const dfsp of scheme.dfsps) {
      expect(new Set(dfsp.received.map(({ version }) => version))).toEqual(new Set([dfsp.api.version]));
      expect(dfsp.failures).toEqual([]);
    }
    expect(scheme.hub.failures).toEqual([]);
  },
);
