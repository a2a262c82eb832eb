import { describe, expect, test } from "vitest";
import {
  createRegistry,
  defineChange,
  fspiopChanges,
  quoteIdFromIlpPacket,
  transferQuoteIdChanges,
  type ConversionContext,
} from "../src/index.ts";
import { barePacket, v1Packet, v4Packet } from "./support/ilp-packets.ts";

const quoteId = "7c23e80c-d078-4077-8263-2c047876fcf6";
const transfer = {
  transferId: "b51ec534-ee48-4575-b6a9-ead2955b8069",
  payerFsp: "payer",
  payeeFsp: "payee",
  amount: { currency: "USD", amount: "100" },
  ilpPacket: v4Packet({ quoteId }),
  condition: "f5sqb7tBTWPd5Y8BDFdMm9BJR_MNI4isf8p8n4D5pHA",
  expiration: "2026-11-21T12:00:00.000Z",
};

// The proposal without its comparison, on the published changes alone.
const printed = defineChange({
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
        { lookup: "quoteId" },
        { refuse: "3102", message: "quoteId is mandatory from transfers 2.0 and no source holds it" },
      ],
    },
  },
  down: { lose: { "/quoteId": "stash" } },
});

describe.each([
  ["with the proposal's comparison", [...fspiopChanges, ...transferQuoteIdChanges]],
  ["declared on the published changes", [...fspiopChanges, printed]],
  ["alone", transferQuoteIdChanges],
])("the proposal %s", (_name, changes) => {
  const registry = createRegistry(changes);
  const up = registry.between("transfers", "1.1", "2.0", "POST /transfers");
  const down = registry.between("transfers", "2.0", "1.1", "POST /transfers");

  test.each([
    ["v4", v4Packet({ quoteId })],
    ["v1 in an envelope", v1Packet({ quoteId })],
    ["v1 as the API Definition has it", barePacket({ quoteId })],
  ])("a packet %s goes up and comes back as it was, byte by byte", (_form, ilpPacket) => {
    const body = { ...transfer, ilpPacket };
    const newer = up(body, { report: true });
    if (!newer.ok) throw new Error(JSON.stringify(newer.refusal));
    expect(newer.body).toEqual({ ...body, quoteId });
    expect(newer.report?.invented).toEqual([{ pointer: "/quoteId", changeId: "transfers/require-quote-id" }]);
    const older = down(newer.body);
    expect(older.ok && JSON.stringify(older.body)).toBe(JSON.stringify(body));
  });

  type Row = [context: ConversionContext, code: string | undefined, why: string];
  const unreadable = { ...transfer, ilpPacket: "AYIBgQAAAAAAAASwNGxldmVs" };
  test.each<Row>([
    [{}, "3102", "no source holds it"],
    [{ lookup: () => undefined }, "3102", "the look-up does not know either"],
    [{ lookup: (name) => (name === "quoteId" ? quoteId : undefined) }, undefined, "the look-up knows"],
  ])("an unreadable packet with %j: %s (%s)", (context, code) => {
    const outcome = up(unreadable, context);
    expect(outcome.ok ? undefined : outcome.refusal.errorCode).toBe(code);
    if (outcome.ok) expect(outcome.body).toEqual({ ...unreadable, quoteId });
    else {
      expect(outcome.refusal).toMatchObject({
        pointer: "/quoteId",
        status: 400,
        changeId: "transfers/require-quote-id",
      });
      expect(outcome.refusal.body.errorInformation.errorDescription).toMatch(/mandatory from transfers 2\.0/);
    }
  });

  test("a quoteId that the packet does not hold travels down and up in a stash", () => {
    const other = { ...transfer, quoteId: "00000000-0000-4000-8000-000000000000" };
    const older = down(other);
    if (!older.ok) throw new Error(JSON.stringify(older.refusal));
    expect(older.body).not.toHaveProperty("quoteId");
    expect(up(older.body)).toEqual({ ok: true, body: other });
  });

  test("an edited message does not revive the old quoteId", () => {
    const older = down({ ...transfer, quoteId: "00000000-0000-4000-8000-000000000000" });
    if (!older.ok) throw new Error(JSON.stringify(older.refusal));
    const edited = { ...(older.body as object), amount: { currency: "USD", amount: "1" } };
    const newer = up(edited);
    expect(newer.ok && newer.body).toEqual({
      ...transfer,
      quoteId,
      amount: { currency: "USD", amount: "1" },
    });
  });
});

test("a look-up that gives a promise is waited for by .async, and no quoteId that does not fit is taken", async () => {
  const registry = createRegistry([...fspiopChanges, ...transferQuoteIdChanges]);
  const up = registry.between("transfers", "1.0", "2.0", "POST /transfers");
  const body = { ...transfer, ilpPacket: "AAAA" };
  const asked: string[] = [];
  const lookup: ConversionContext["lookup"] = (name, request) => {
    asked.push(`${name} at ${request.pointer} for ${request.operation}`);
    return Promise.resolve(quoteId);
  };
  expect(await up.async(body, { lookup })).toEqual({ ok: true, body: { ...body, quoteId } });
  expect(asked).toEqual(["quoteId at /quoteId for POST /transfers"]);
  expect(() => up(body, { lookup })).toThrow("call .async");
  const wrong = await up.async(body, { lookup: () => Promise.resolve("no id") });
  expect(wrong.ok ? undefined : wrong.refusal.errorCode).toBe("3102");
  await expect(up.async(body, { lookup: () => Promise.reject(new Error("down")) })).rejects.toThrow("down");
});
