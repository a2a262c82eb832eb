import { createCompatAdapter, FSPIOP_APIS, type MessageEvent } from "@mojaloop-versioning/compat-adapter";
import {
  createDfsp,
  createHub,
  type Answer,
  type DfspTransfer,
  type Message,
} from "@mojaloop-versioning/simulator";
import { createRegistry, fspiopChanges, requireQuoteId } from "@mojaloop-versioning/transform";
import { transferQuoteId } from "@mojaloop-versioning/types/proposals/transfer-quote-id";
import { hopsOf, type Hop } from "./hop.ts";
import { ADA, PAYMENT, quiet } from "./scenario.ts";

/** What was played, and what the hub heard of the quote and of the transfer. */
export interface PlayedProposal {
  readonly answer: Answer<DfspTransfer>;
  readonly hops: readonly Hop[];
  readonly quote: Message | undefined;
  readonly transfer: Message | undefined;
}

/** A hub on the proposal that a transfer names its quote, and a payer on 1.1 that has never heard of it. */
export async function playProposal(): Promise<PlayedProposal> {
  const hub = await createHub({ version: transferQuoteId });
  const payer = await createDfsp({ fspId: "payer", version: "1.1" });
  const payee = await createDfsp({ fspId: "payee", version: "1.1", parties: [ADA] });
  const events: MessageEvent[] = [];
  const adapter = createCompatAdapter({
    hub: { url: hub.url, version: transferQuoteId },
    participants: Object.fromEntries(
      [payer, payee].map(({ fspId, url, api }) => [fspId, { url, version: api.version }]),
    ),
    registry: createRegistry([...fspiopChanges, requireQuoteId]),
    apis: [...FSPIOP_APIS.filter(({ api }) => api.version !== "2.0"), { api: transferQuoteId }],
    onMessage: (event) => void events.push(event),
  });
  try {
    const urls = await adapter.listen();
    for (const dfsp of [payer, payee]) {
      dfsp.connect(urls.participants);
      hub.register({ fspId: dfsp.fspId, parties: dfsp.parties, url: urls.hub });
    }
    const answer = await payer.pay(PAYMENT);
    await quiet(events);
    const heard = (operation: string): Message | undefined =>
      hub.received.find((message) => message.operation === operation);
    return {
      answer,
      hops: hopsOf(events, hub).filter(({ path }) => path.startsWith("/transfers")),
      quote: heard("POST /quotes"),
      transfer: heard("POST /transfers"),
    };
  } finally {
    for (const each of [adapter, payer, payee, hub]) await each.close();
  }
}
