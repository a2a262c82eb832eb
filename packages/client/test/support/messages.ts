import type {
  PartiesTypeIDPutResponse,
  QuotesIDPutResponse,
  QuotesPostRequest,
  TransfersIDPutResponse,
  TransfersPostRequest,
} from "@mojaloop-versioning/types/fspiop/v1.1";

/** Ids: a UUID of version 4 that every version takes, and a ULID that only FSPIOP API 2.0 takes. */
export const UUID = "b51ec534-ee48-4575-b6a9-ead2955b8069";
export const ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

const ILP_PACKET =
  "AYIBgQAAAAAAAASwNGxldmVsb25lLmRmc3AxLm1lci45T2RTOF81MDdqUUZERmZlakgyOVc4bXFmNEpLMHlGTFGCAUBQU0svMS4w";
const CONDITION = "f5sqb7tBTWPd5Y8BDFdMm9BJR_MNI4isf8p8n4D5pHA";

export const transfer: TransfersPostRequest = {
  transferId: UUID,
  payeeFsp: "payeefsp",
  payerFsp: "payerfsp",
  amount: { currency: "USD", amount: "124.45" },
  ilpPacket: ILP_PACKET,
  condition: CONDITION,
  expiration: "2026-05-24T08:38:08.699-04:00",
};

export const fulfilment: TransfersIDPutResponse = {
  fulfilment: "WLctttbu2HvTsa1XWvUoGRcQozHsqeu9Ahl2JW9Bsu8",
  completedTimestamp: "2026-05-16T08:38:08.699-04:00",
  transferState: "COMMITTED",
};

export const quoteRequest: QuotesPostRequest = {
  quoteId: UUID,
  transactionId: "85feac2f-39b2-491b-817e-4a03203d4f14",
  payee: { partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "123456789", fspId: "payeefsp" } },
  payer: { partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "987654321", fspId: "payerfsp" } },
  amountType: "SEND",
  amount: { currency: "USD", amount: "100" },
  transactionType: { scenario: "TRANSFER", initiator: "PAYER", initiatorType: "CONSUMER" },
};

export const quote: QuotesIDPutResponse = {
  transferAmount: { currency: "USD", amount: "124.45" },
  expiration: "2026-05-24T08:38:08.699-04:00",
  ilpPacket: ILP_PACKET,
  condition: CONDITION,
};

export const party: PartiesTypeIDPutResponse = {
  party: {
    partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "123456789", fspId: "payeefsp" },
    name: "Henrik Karlsson",
  },
};

export const payeeRejects = {
  errorInformation: { errorCode: "5101", errorDescription: "Payee rejected quote" },
} as const;
