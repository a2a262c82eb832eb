import { defineChange, defineComponentChange, defineHeaderChange } from "../src/index.ts";

const heading = { id: "x/y", title: "t", because: "b" } as const;
const quotes = { ...heading, resource: "quotes", from: "1.1", to: "2.0", operation: "POST /quotes" } as const;
const settlements = {
  ...heading,
  resource: "settlements",
  from: "1.1",
  to: "2.0",
  operation: "POST /settlements",
} as const;

// What compiles: everything settled, as declared or by an operation in its own way.
defineChange({ ...quotes, down: { lose: { "/converter": "refuse", "/currencyConversion": "stash" } } });
defineChange({
  ...quotes,
  down: {
    lose: { "/converter": "drop", "/currencyConversion": "drop", "/payer/supportedCurrencies": "stash" },
  },
});
defineChange({
  ...settlements,
  up: {
    fill: {
      "/settlementModel": [
        { derive: (body) => body.reason },
        { lookup: "settlementModel" },
        { refuse: "3102", message: "no" },
      ],
    },
  },
  down: { lose: { "/settlementModel": "drop" } },
});
defineChange({
  ...settlements,
  map: {
    up: (body) => ({ ...body, settlementModel: "x" }),
    down: ({ reason, settlementWindows }) => ({ reason, settlementWindows }),
  },
});

// 1. A forgotten pointer.
// @ts-expect-error "/currencyConversion" is left unsettled
defineChange({ ...quotes, down: { lose: { "/converter": "drop" } } });
// @ts-expect-error nothing is settled
defineChange(quotes);
// @ts-expect-error the way up is forgotten
defineChange({ ...settlements, down: { lose: { "/settlementModel": "drop" } } });
// @ts-expect-error a component's pointer is forgotten
defineComponentChange({ ...heading, api: "fspiop", component: "Party", from: "1.1", to: "2.0" });

// 2. A wrong type.
defineChange({
  ...settlements,
  up: {
    fill: {
      // @ts-expect-error the model's name is text
      "/settlementModel": [{ derive: (body) => body.settlementWindows.length }, { refuse: "3102" }],
    },
  },
  down: { lose: { "/settlementModel": "drop" } },
});

// 3. An unknown pointer.
defineChange({
  ...quotes,
  down: {
    lose: {
      "/converter": "drop",
      "/currencyConversion": "drop",
      // @ts-expect-error 1.1 has a note too
      "/note": "drop",
    },
  },
});

// 4. A wrong operation.
defineChange({
  ...quotes,
  // @ts-expect-error quotes has no such operation
  operation: "PATCH /quotes/{ID}",
  down: { lose: { "/converter": "drop", "/currencyConversion": "drop" } },
});

// 5. A missing refusal: the sources may all be silent.
defineChange({
  ...settlements,
  // @ts-expect-error the list must end with a refusal or a value
  up: { fill: { "/settlementModel": [{ lookup: "settlementModel" }] } },
  down: { lose: { "/settlementModel": "drop" } },
});
// @ts-expect-error 1.0 has no such operation, and nothing says what becomes of its messages
defineChange({
  ...heading,
  resource: "transfers",
  from: "1.0",
  to: "1.1",
  operation: "PATCH /transfers/{ID}",
});

// 6. A wrong direction.
// @ts-expect-error it is the way down that loses them
defineChange({ ...quotes, up: { lose: { "/converter": "drop", "/currencyConversion": "drop" } } });

// Headers: what compiles, and what does not.
const proxy = { ...heading, resource: "quotes", from: "1.1", to: "2.0" } as const;
defineHeaderChange({ ...proxy, headers: { newer: { "X-Proxy": [] }, rename: { "X-Old": "X-New" } } });
defineHeaderChange({
  ...proxy,
  operation: "POST /quotes",
  headers: { newer: { "X-Proxy": [{ derive: (headers) => headers["x-old"]?.[0] }, { refuse: "3102" }] } },
});
// @ts-expect-error sources end in a value or a refusal
defineHeaderChange({ ...proxy, headers: { newer: { "X-Proxy": [{ lookup: "proxy" }] } } });
// @ts-expect-error a header's value is text
defineHeaderChange({ ...proxy, headers: { newer: { "X-Proxy": [{ value: 1 }] } } });
// @ts-expect-error no such operation
defineHeaderChange({ ...proxy, operation: "POST /transfers", headers: {} });

// Earlier messages: those that are needed, with their types.
const down = { lose: { "/settlementModel": "drop" } } as const;
defineChange({
  ...settlements,
  needs: ["POST /quotes", "PUT /transfers/{ID}"],
  up: {
    fill: {
      "/settlementModel": [
        { derive: (_body, _value, earlier) => earlier["POST /quotes"]?.transactionType.scenario },
        { derive: (_body, _value, earlier) => earlier["PUT /transfers/{ID}"]?.transferState },
        { refuse: "3102" },
      ],
    },
  },
  down,
});
defineChange({
  ...settlements,
  needs: ["POST /quotes"],
  up: {
    fill: {
      "/settlementModel": [
        // @ts-expect-error the amount of a quote is an object
        { derive: (_b, _v, earlier) => earlier["POST /quotes"]?.amount },
        { refuse: "3102" },
      ],
    },
  },
  down,
});
const reason = (_body: unknown, _value: unknown, earlier: { readonly "POST /quotes": unknown }): string =>
  String(earlier["POST /quotes"]);
defineChange({
  ...settlements,
  // @ts-expect-error a message without an entry in needs is never stored
  up: { fill: { "/settlementModel": [{ derive: reason }, { refuse: "3102" }] } },
  down,
});
defineChange({
  ...settlements,
  // @ts-expect-error there is no such operation
  needs: ["POST /quote"],
  up: { fill: { "/settlementModel": [{ value: "x" }] } },
  down,
});
