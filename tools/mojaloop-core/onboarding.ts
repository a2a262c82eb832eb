import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

/** The two participants of the harness. */
export const PAYER = "dfsp1";
export const PAYEE = "dfsp2";

const CURRENCY = "USD";
const FUNDS = 1_000_000_000;

interface Account {
  readonly id: number;
  readonly ledgerAccountType: string;
  readonly value: number | string;
}

/**
 * Prepares a new hub over the REST API of central-ledger: the hub's accounts, a settlement model, two participants with limits, callback
 * addresses and funds. The handlers `admin` and `position` must run.
 * @throws Error with method, path, status and body of the call that failed
 */
export async function onboard(ledgerUrl: string, callbackUrl: string): Promise<void> {
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(ledgerUrl + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T; // each caller names the members that it reads
  };
  const settlementAccount = async (name: string): Promise<Account> => {
    const accounts = await call<Account[]>("GET", `/participants/${name}/accounts`);
    const found = accounts.find(({ ledgerAccountType }) => ledgerAccountType === "SETTLEMENT");
    if (!found) throw new Error(`${name} has no settlement account`);
    return found;
  };

  for (const type of ["HUB_MULTILATERAL_SETTLEMENT", "HUB_RECONCILIATION"])
    await call("POST", "/participants/Hub/accounts", { currency: CURRENCY, type });
  await call("POST", "/settlementModels", {
    name: "DEFERREDNET",
    settlementGranularity: "NET",
    settlementInterchange: "MULTILATERAL",
    settlementDelay: "DEFERRED",
    requireLiquidityCheck: true,
    ledgerAccountType: "POSITION",
    autoPositionReset: true,
    currency: CURRENCY,
    settlementAccountType: "SETTLEMENT",
  });
  for (const name of [PAYER, PAYEE]) {
    await call("POST", "/participants", { name, currency: CURRENCY });
    await call("POST", `/participants/${name}/initialPositionAndLimits`, {
      currency: CURRENCY,
      limit: { type: "NET_DEBIT_CAP", value: FUNDS },
      initialPosition: 0,
    });
    for (const [type, path] of [
      ["POST", ""],
      ["PUT", "/{{transferId}}"],
      ["ERROR", "/{{transferId}}/error"],
    ] as const)
      await call("POST", `/participants/${name}/endpoints`, {
        type: `FSPIOP_CALLBACK_URL_TRANSFER_${type}`,
        value: `${callbackUrl}/${name}/transfers${path}`,
      });
    const { id } = await settlementAccount(name);
    await call("POST", `/participants/${name}/accounts/${id}`, {
      transferId: randomUUID(),
      externalReference: "funds",
      action: "recordFundsIn",
      reason: "funds",
      amount: { amount: FUNDS, currency: CURRENCY },
      extensionList: { extension: [{ key: "purpose", value: "funds" }] },
    });
  }
  // The funds arrive by a message, some time after the answer.
  for (const name of [PAYER, PAYEE]) {
    const until = performance.now() + 30_000;
    while (Number((await settlementAccount(name)).value) !== -FUNDS) {
      if (performance.now() > until) throw new Error(`the funds of ${name} did not arrive in 30 s`);
      await delay(100);
    }
  }
}
