import fc from "fast-check";
import { expect, test } from "vitest";
import { quoteIdFromIlpPacket, readIlpTransaction } from "../src/index.ts";
import { barePacket, v1Packet, v4Packet } from "./support/ilp-packets.ts";

const quoteId = "7c23e80c-d078-4077-8263-2c047876fcf6";
const transaction = { transactionId: "85feac2f-39b2-491b-817e-4a03203d4f14", quoteId, note: "x".repeat(300) };
const padded = (packet: string): string => packet + "=".repeat((4 - (packet.length % 4)) % 4);

test.each<[packet: unknown, quoteId: string | undefined, why: string]>([
  [v4Packet(transaction), quoteId, "ILP v4 prepare (RFC 0027), data in base64url"],
  [v1Packet(transaction), quoteId, "ILP v1 payment in an envelope, data in base64url"],
  [barePacket(transaction), quoteId, "ILP v1 payment as API Definition Listing 47 has it"],
  [barePacket({ quoteId }), quoteId, "a length of one octet"],
  [padded(v4Packet(transaction)), quoteId, "padding (API Definition, pattern of IlpPacket)"],
  [v1Packet(transaction).replaceAll("-", "+").replaceAll("_", "/"), quoteId, "the other base64 alphabet"],
  [v4Packet({ transactionId: "x" }), undefined, "a Transaction without quoteId"],
  [v4Packet({ quoteId: 7 }), undefined, "a quoteId that is no text"],
  [v4Packet([quoteId]), undefined, "data that is no object"],
  [v4Packet(transaction).slice(0, -40), undefined, "cut short"],
  [
    `${v4Packet(transaction).slice(0, 60)}- ${v4Packet(transaction).slice(60)}`,
    undefined,
    "damaged by a line break",
  ],
  [Buffer.of(13, 1, 0).toString("base64url"), undefined, "an ILP v4 fulfil packet"],
  [Buffer.of(12, 0x85, 1, 1, 1, 1, 1).toString("base64url"), undefined, "a length of five octets"],
  ["", undefined, "nothing"],
  [undefined, undefined, "no packet"],
  [{}, undefined, "no text"],
])("%s holds %s: %s", (packet, expected) => {
  expect(quoteIdFromIlpPacket(packet)).toBe(expected);
});

test("any text is read or not, and never throws", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.uint8Array().map((bytes) => Buffer.from([12, ...bytes]).toString("base64")),
      ),
      (text) => {
        const found = readIlpTransaction(text);
        expect(found === undefined || typeof found === "object").toBe(true);
      },
    ),
  );
});
