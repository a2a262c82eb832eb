import type { Change } from "../declare/change.ts";
import { defineChange, defineComponentChange } from "../declare/define-change.ts";

/** The changes of FSPIOP 1.1 (API Definition 1.1, 1.2, and the published documents of 1.0 and 1.1). */
export const changes1_1: readonly Change[] = [
  defineComponentChange({
    id: "party-id-info/extension-list",
    api: "fspiop",
    component: "PartyIdInfo",
    from: "1.0",
    to: "1.1",
    title: "a party's identifier can carry extensions",
    because: "schemes need more data about an identifier than its type and value",
    down: { lose: { "/extensionList": "drop" } },
  }),
  defineComponentChange({
    id: "authentication-type/u2f",
    api: "fspiop",
    component: "AuthenticationType",
    from: "1.0",
    to: "1.1",
    title: "U2F is a way to authenticate",
    because: "a payer can prove presence with a hardware key",
    down: { fill: { "": [{ refuse: "3100", message: "1.0 has no U2F authentication" }] } },
  }),
  defineChange({
    id: "participants/extension-list",
    resource: "participants",
    operation: "POST /participants/{Type}/{ID}",
    from: "1.0",
    to: "1.1",
    title: "adding a participant can carry extensions",
    because: "schemes need more data when they add a party",
    down: { lose: { "/extensionList": "drop" } },
  }),
  defineChange({
    id: "participants/extension-list-sub-id",
    resource: "participants",
    operation: "POST /participants/{Type}/{ID}/{SubId}",
    from: "1.0",
    to: "1.1",
    title: "adding a participant by sub-id can carry extensions",
    because: "schemes need more data when they add a party",
    down: { lose: { "/extensionList": "drop" } },
  }),
  defineChange({
    id: "transfers/commit-notification",
    resource: "transfers",
    operation: "PATCH /transfers/{ID}",
    from: "1.0",
    to: "1.1",
    title: "a payee that reserves is notified of the commit",
    because: "1.1 replaces the optional clearing check of 1.0 by reservation and notification",
    down: {
      refuse: "3002",
      message: "transfers 1.0 has no PATCH /transfers/{ID}",
      disposition: "swallow",
    },
  }),
];
