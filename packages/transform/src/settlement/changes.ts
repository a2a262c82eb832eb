import type { Change } from "../declare/change.ts";
import { defineChange, defineComponentChange } from "../declare/define-change.ts";

const windowContent = {
  from: "1.1",
  to: "2.0",
  title: "a settlement window lists its content",
  because: "2.0 settles the parts of a window one by one, by ledger account type and currency",
} as const;

/** The changes of Settlement 2.0 (the published documents of 1.1 and 2.0). */
export const changes: readonly Change[] = [
  defineChange({
    id: "settlements/settlement-model",
    resource: "settlements",
    operation: "POST /settlements",
    from: "1.1",
    to: "2.0",
    title: "a settlement names its model",
    because: "2.0 has several settlement models, each with its own currencies and ledger accounts",
    up: {
      fill: {
        "/settlementModel": [
          {
            lookup: "settlementModel",
            note: "the name of a deferred net model that the hub is configured with",
          },
          { refuse: "3102", message: "settlementModel is mandatory from 2.0, and none is configured" },
        ],
      },
    },
    down: { lose: { "/settlementModel": "drop" } },
  }),
  defineComponentChange({
    id: "settlement-window/content",
    api: "settlement",
    component: "SettlementWindow",
    ...windowContent,
    down: { lose: { "/content": "drop" } },
  }),
  defineChange({
    id: "settlement-windows/content",
    resource: "settlementWindows",
    operation: "GET /settlementWindows/{id} 200",
    ...windowContent,
    down: { lose: { "/content": "drop" } },
  }),
  defineChange({
    id: "settlement-windows/content-after-closing",
    resource: "settlementWindows",
    operation: "POST /settlementWindows/{id} 200",
    ...windowContent,
    down: { lose: { "/content": "drop" } },
  }),
];
