import { createHash, createHmac } from "node:crypto";

/** What an ILP payment says: how much, to which ILP address, and the Transaction of API Definition 7.4.17 inside. */
export interface IlpPayment {
  /** In the smallest unit of the currency, as a decimal. */
  readonly amount: bigint;
  readonly account: string;
  readonly transaction: unknown;
}

const PAYMENT = 1; // the packet type of ILP v1, which API Definition 4 describes

/** Writes an ILP v1 payment packet, base64url without padding; its data is the base64url of the Transaction's JSON. */
export function writeIlpPacket({ amount, account, transaction }: IlpPayment): string {
  const eightBytes = Buffer.alloc(8);
  eightBytes.writeBigUInt64BE(amount);
  const data = Buffer.from(JSON.stringify(transaction)).toString("base64url");
  const contents = [eightBytes, octets(Buffer.from(account)), octets(Buffer.from(data)), Buffer.of(0)];
  return Buffer.concat([Buffer.of(PAYMENT), octets(Buffer.concat(contents))]).toString("base64url");
}

/** Reads the Transaction out of an ILP v1 payment packet; `undefined` where it is none. */
export function readIlpPacket(packet: string): IlpPayment | undefined {
  try {
    const bytes = Buffer.from(packet, "base64url");
    if (bytes[0] !== PAYMENT) return undefined;
    const contents = takeOctets(bytes, 1).taken;
    const account = takeOctets(contents, 8);
    const data = takeOctets(contents, account.end).taken;
    return {
      amount: contents.readBigUInt64BE(0),
      account: account.taken.toString(),
      transaction: JSON.parse(Buffer.from(data.toString(), "base64url").toString()),
    };
  } catch {
    return undefined;
  }
}

/** The fulfilment that only the holder of the secret can make: HMAC-SHA-256 of the packet (API Definition 4.4). */
export function fulfilmentOf(packet: string, secret: string): string {
  return createHmac("sha256", secret).update(packet).digest("base64url");
}

/** The condition of a fulfilment: its SHA-256, base64url (API Definition 4.4, 6.5.1.2). */
export function conditionOf(fulfilment: string): string {
  return createHash("sha256").update(Buffer.from(fulfilment, "base64url")).digest("base64url");
}

// OER: a length below 128 is one byte, a longer one is preceded by the count of its bytes with the high bit set.
function octets(bytes: Buffer): Buffer {
  if (bytes.length < 128) return Buffer.concat([Buffer.of(bytes.length), bytes]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const significant = length.subarray(length.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.of(128 + significant.length), significant, bytes]);
}

function takeOctets(bytes: Buffer, at: number): { taken: Buffer; end: number } {
  const first = bytes.readUInt8(at);
  const prefix = first < 128 ? 0 : first - 128;
  const length = prefix === 0 ? first : bytes.readUIntBE(at + 1, prefix);
  const start = at + 1 + prefix;
  if (start + length > bytes.length) throw new RangeError("the packet ends early");
  return { taken: bytes.subarray(start, start + length), end: start + length };
}
