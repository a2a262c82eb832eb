import type { ColumnValues } from "./column-values.ts";

const POSITION_ACCOUNT = 1; // ledgerAccountType POSITION, in central-ledger's seeds/ledgerAccountType.js

/**
 * Values for `@mojaloop/central-ledger` from 17.7.2 to 19.5.5, each from the sources of both releases.
 * 310204 adds transferParticipant.participantId, which 17.7.2 does not write, and lets participantCurrencyId be NULL, on which
 * 17.7.2 joins (src/models/transfer/facade.js). 310403 and 310404 add columns to participantPositionChange.
 */
export const centralLedgerValues: ColumnValues = {
  transferParticipant: {
    participantId:
      "(SELECT pc.participantId FROM participantCurrency pc WHERE pc.participantCurrencyId = NEW.participantCurrencyId)",
    participantCurrencyId: `(SELECT pc.participantCurrencyId FROM participantCurrency pc
      JOIN transfer t ON t.currencyId = pc.currencyId
      WHERE t.transferId = NEW.transferId AND pc.participantId = NEW.participantId
        AND pc.ledgerAccountTypeId = ${POSITION_ACCOUNT})`,
  },
  participantPositionChange: {
    participantCurrencyId:
      "(SELECT pp.participantCurrencyId FROM participantPosition pp WHERE pp.participantPositionId = NEW.participantPositionId)",
    change: {
      insert: `(NEW.value - COALESCE((SELECT p.value FROM participantPositionChange p
        WHERE p.participantPositionId = NEW.participantPositionId
        ORDER BY p.participantPositionChangeId DESC LIMIT 1), 0))`,
      rows: `(NEW.value - COALESCE((SELECT p.value FROM participantPositionChange p
        WHERE p.participantPositionId = NEW.participantPositionId
          AND p.participantPositionChangeId < NEW.participantPositionChangeId
        ORDER BY p.participantPositionChangeId DESC LIMIT 1), 0))`,
    },
    // NULL only for a currency conversion (610403), which 17.7.2 neither starts nor reads.
    transferStateChangeId: null,
  },
};
