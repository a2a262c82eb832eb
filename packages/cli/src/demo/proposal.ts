import { createCompatAdapter, FSPIOP_APIS, type MessageEvent } from "@mojaloop-versioning/compat-adapter";
import { createDfsp, createHub, type Message } from "@mojaloop-versioning/simulator";
import { createRegistry, fspiopChanges, requireQuoteId } from "@mojaloop-versioning/transform";
import { transferQuoteId } from "@mojaloop-versioning/types/proposals/transfer-quote-id";
import { hopsOf } from "./hop.ts";
import { startPayer } from "./payer.ts";
import { ADA, PAYMENT, waitForCommit, waitUntilQuiet, type PlayedTransfer } from "./scenario.ts";

/** The payment, and the quote and the transfer as the hub received them. */
export interface PlayedProposal extends PlayedTransfer {
  readonly quote: Message | undefined;
  readonly transfer: Message | undefined;
}

/** Runs a payment from a payer on 1.1 through a hub on the proposal that requires quoteId in a transfer. */
export async function playProposal(): Promise<PlayedProposal> {
  const hub = await createHub({ version: transferQuoteId });
  const payer = await startPayer("payer-1.1", "1.1");
  const payee = await createDfsp({ fspId: "payee", version: "1.1", parties: [ADA] });
  const events: MessageEvent[] = [];
  const adapter = createCompatAdapter({
    hub: { url: hub.url, version: transferQuoteId },
    participants: Object.fromEntries(
      [payer, payee].map(({ fspId, url }) => [fspId, { url, version: "1.1" }] as const),
    ),
    registry: createRegistry([...fspiopChanges, requireQuoteId]),
    apis: [...FSPIOP_APIS.filter(({ api }) => api.version !== "2.0"), { api: transferQuoteId }],
    onMessage: (event) => void events.push(event),
  });
  try {
    const urls = await adapter.listen();
    for (const dfsp of [payer, payee]) dfsp.connect(urls.participants);
    hub.register({ fspId: payer.fspId, parties: [], url: urls.hub });
    hub.register({ fspId: payee.fspId, parties: payee.parties, url: urls.hub });
    const paid = await payer.pay(PAYMENT);
    if (paid.ok) await waitForCommit(payee, paid.transferId);
    await waitUntilQuiet(events);
    const received = (operation: string): Message | undefined =>
      hub.received.find((message) => message.operation === operation);
    return {
      payer,
      paid,
      hops: hopsOf(events, hub).filter(({ path }) => path.startsWith("/transfers")),
      quote: received("POST /quotes"),
      transfer: received("POST /transfers"),
    };
  } finally {
    for (const each of [adapter, payer, payee, hub]) await each.close();
  }
}
