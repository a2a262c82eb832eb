import { createRegistry, defineChange, fspiopChanges } from "@mojaloop-versioning/transform";
import { transferQuoteId } from "@mojaloop-versioning/types/proposals/transfer-quote-id";
import { describe, expect, test } from "vitest";
import { needs } from "../../../tools/test-run/requirements.ts";
import { createMemoryStore, FSPIOP_APIS, type CompatAdapterOptions } from "../src/index.ts";
import { SHARED_STORES, startTwo } from "./support/shared-stores.ts";
import { fields, QUOTE, send, startWire, TRANSFER, type Wire } from "./support/wire.ts";

// The proposal's field, from the quote itself instead of the ILP packet.
const quoteIdOfQuote = defineChange({
  id: "transfers/quote-id-of-quote",
  resource: "transfers",
  from: "1.1",
  to: "2.0",
  operation: "POST /transfers",
  title: "quoteId is mandatory",
  because: "a test",
  needs: ["POST /quotes"],
  up: {
    fill: {
      "/quoteId": [
        { derive: (_body, _value, earlier) => earlier["POST /quotes"]?.quoteId },
        { refuse: "3102", message: "no quote was seen" },
      ],
    },
  },
  down: { lose: { "/quoteId": "drop" } },
});

for (const [name, programs, create] of SHARED_STORES) {
  describe(`earlier messages in ${name}`, needs(...programs), () => {
    // Quotes are 1.1 there, so `mid` speaks them as the hub does and `old` does not.
    const proposal: Partial<CompatAdapterOptions> = {
      apis: [...FSPIOP_APIS.filter(({ api }) => api.version !== "2.0"), { api: transferQuoteId }],
      registry: createRegistry([...fspiopChanges, quoteIdOfQuote]),
    };
    const answer = {
      transferAmount: TRANSFER.amount,
      expiration: TRANSFER.expiration,
      ilpPacket: TRANSFER.ilpPacket,
      condition: TRANSFER.condition,
    };

    test.each([
      ["old", "1.0"],
      ["mid", "1.1"],
    ] as const)(
      "a transfer of %s is converted by the quote that its condition names, whichever adapter saw it",
      async (payer, version) => {
        const spare = await startWire();
        const { old, mid } = spare.options.participants;
        const { one, other, close } = await startTwo(create(), {
          ...proposal,
          hub: { url: spare.hub.url, version: transferQuoteId },
          participants: { ...(old && { old }), ...(mid && { mid }) },
        });
        const post = (wire: Wire, resource: string, body: object): ReturnType<typeof send> =>
          send(
            wire.urls.participants,
            "POST",
            `/${resource}`,
            fields("POST", resource, version, payer),
            JSON.stringify(body),
          );
        const put = (body: string): ReturnType<typeof send> =>
          send(
            other.urls.hub,
            "PUT",
            `/quotes/${QUOTE.quoteId}`,
            fields("PUT", "quotes", "1.1", "hub", { "fspiop-destination": payer }),
            body,
          );
        expect(await post(one, "quotes", QUOTE)).toMatchObject({ status: 202 });
        // What the answer has not yet tied to a quote belongs to none.
        expect(await post(one, "transfers", TRANSFER)).toMatchObject({ status: 400, code: "3102" });
        expect(await put(JSON.stringify(answer))).toMatchObject({ status: 200 });
        expect(await post(one, "transfers", TRANSFER)).toMatchObject({ status: 202 });
        expect(JSON.parse(spare.hub.received.at(-1)?.body ?? "")).toEqual({
          ...TRANSFER,
          quoteId: QUOTE.quoteId,
        });
        const unknown = { ...TRANSFER, condition: TRANSFER.condition.replace("4", "5") };
        expect(await post(one, "transfers", unknown)).toMatchObject({ status: 400, code: "3102" });
        await Promise.all([close(), spare.close()]);
      },
    );
  });
}

test("a body that a change needs and nobody can read goes on all the same where versions are equal, and is not kept", async () => {
  const kept: string[] = [];
  const memory = createMemoryStore();
  const wire = await startWire({
    registry: createRegistry([...fspiopChanges, { ...quoteIdOfQuote, id: "other", from: "1.0", to: "1.1" }]),
    store: { ...memory, remember: (key) => void kept.push(key) },
  });
  const post = (body: string): ReturnType<typeof send> =>
    send(wire.urls.participants, "POST", "/quotes", fields("POST", "quotes", "2.0", "new"), body);
  for (const body of ["{", '{"quoteId":1}']) {
    expect(await post(body)).toMatchObject({ status: 202 });
    expect(wire.hub.received.at(-1)?.body).toBe(body);
  }
  expect(kept).toEqual([]);
  await post(JSON.stringify(QUOTE));
  expect(kept).toEqual([`message=POST /quotes /quotes/${QUOTE.quoteId}`]);
  await wire.close();
});
