import type { Change } from "../declare/change.ts";
import { defineChange, defineComponentChange, defineNewResource } from "../declare/define-change.ts";
import { olderId } from "./ids.ts";

/** The changes of FSPIOP 2.0 (the published documents of 1.1 and 2.0). */
export const changes2_0: readonly Change[] = [
  defineComponentChange({
    id: "correlation-id/uuid-v7-and-ulid",
    api: "fspiop",
    component: "CorrelationId",
    from: "1.1",
    to: "2.0",
    title: "ids may be UUIDs of versions 1 to 7 or ULIDs",
    because: "ids that sort by time suit databases, and ISO 20022 messages carry ULIDs",
    down: { fill: { "": olderId } },
  }),
  defineComponentChange({
    id: "party/supported-currencies",
    api: "fspiop",
    component: "Party",
    from: "1.1",
    to: "2.0",
    title: "a party lists the currencies that it accepts",
    because: "the payer's side must know whether a conversion is needed",
    down: { lose: { "/supportedCurrencies": "drop" } },
  }),
  defineComponentChange({
    id: "party-personal-info/kyc-information",
    api: "fspiop",
    component: "PartyPersonalInfo",
    from: "1.1",
    to: "2.0",
    title: "personal information can carry KYC data",
    because: "cross-border schemes demand it",
    down: { lose: { "/kycInformation": "drop" } },
  }),
  defineChange({
    id: "quotes/currency-conversion",
    resource: "quotes",
    operation: "POST /quotes",
    from: "1.1",
    to: "2.0",
    title: "a quote can include a currency conversion",
    because: "2.0 has transfers across currencies",
    down: {
      lose: {
        "/converter": {
          refuse: "3100",
          message: "quotes across currencies exist from 2.0",
          unlessStashed: true,
        },
        "/currencyConversion": {
          refuse: "3100",
          message: "quotes across currencies exist from 2.0",
          unlessStashed: true,
        },
      },
    },
  }),
  ...["fxQuotes", "fxTransfers", "services"].flatMap((resource) =>
    (["1.0", "1.1"] as const).map((from) =>
      defineNewResource({
        id: `${resource}/new-after-${from}`,
        resource,
        from,
        to: "2.0",
        title: `${resource} is a new resource`,
        because: "currency conversion comes with 2.0",
        down: { refuse: "3002", message: `${resource} exists from 2.0` },
      }),
    ),
  ),
];
