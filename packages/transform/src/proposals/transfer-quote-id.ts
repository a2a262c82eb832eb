import { residue } from "@mojaloop-versioning/types/proposals/transfer-quote-id/residue";
import type { Change, OperationChange } from "../change.ts";
import { defineChange } from "../define-change.ts";
import { quoteIdFromIlpPacket } from "../ilp-packet.ts";

/** The proposal that a transfer names its quote, as resource version 2.0 of `transfers`. */
export const requireQuoteId: OperationChange = defineChange({
  id: "transfers/require-quote-id",
  resource: "transfers",
  from: "1.1",
  to: "2.0",
  operation: "POST /transfers",
  title: "quoteId is mandatory",
  because: "a transfer names the quote that it settles",
  up: {
    fill: {
      "/quoteId": [
        {
          derive: (body) => quoteIdFromIlpPacket(body.ilpPacket),
          note: "Transaction.quoteId inside the ILP packet",
        },
        { lookup: "quoteId", note: "the caller's context, asked for quoteId" },
        {
          refuse: "3102",
          message: "mandatory from transfers 2.0; the ILP packet cannot be read and nobody else knows it",
        },
      ],
    },
  },
  down: { lose: { "/quoteId": "stash" } },
});

/** {@link requireQuoteId} with what the comparison says of it; off unless given to a registry. */
export const transferQuoteIdChanges: readonly Change[] = [
  { id: "proposals/transfer-quote-id", steps: residue },
  requireQuoteId,
];
