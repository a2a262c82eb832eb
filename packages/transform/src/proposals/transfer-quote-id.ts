import { residue } from "@mojaloop-versioning/types/proposals/transfer-quote-id/residue";
import type { Change, OperationChange } from "../declare/change.ts";
import { defineChange } from "../declare/define-change.ts";
import { quoteIdFromIlpPacket } from "../values/ilp-transaction.ts";

/** The proposal of a mandatory `quoteId` in `POST /transfers`, as resource version 2.0 of `transfers`. */
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
        { lookup: "quoteId", note: "the caller's look-up of quoteId" },
        {
          refuse: "3102",
          message: "mandatory from transfers 2.0; neither the ILP packet nor a look-up has it",
        },
      ],
    },
  },
  down: { lose: { "/quoteId": "stash" } },
});

/** {@link requireQuoteId} with the comparison of the proposal. No registry contains it by default. */
export const transferQuoteIdChanges: readonly Change[] = [
  { id: "proposals/transfer-quote-id", residue },
  requireQuoteId,
];
