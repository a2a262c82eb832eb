import { VersioningError } from "@mojaloop-versioning/protocol";

// The formats are small and final. ilp-packet 3 writes version 4 alone, ilp-packet 2 version 1 alone, and each brings four more
// packages; tools/peers compares what is written here with both.

const PAYMENT = 1; // ILP version 1 (ilp-packet 2, TYPE_ILP_PAYMENT), the one that API Definition 4 describes
const PREPARE = 12; // ILP version 4 (RFC 0027, section "ILP Prepare")

/** What both kinds of packet contain. */
export interface PacketFields {
  /** In the smallest unit of the currency. */
  readonly amount: bigint;
  /** The ILP address of the receiver. */
  readonly address: string;
  readonly data: Buffer;
}

/** What only a packet of version 4 contains. */
export interface PrepareFields extends PacketFields {
  readonly expiresAt: Date;
  /** The 32 octets of the condition. */
  readonly condition: Buffer;
}

/** Writes an ILP version 1 payment packet, base64url without padding. */
export function writePayment({ amount, address, data }: PacketFields): string {
  const contents = [unsigned64(amount), octets(Buffer.from(address)), octets(data), Buffer.of(0)];
  return packet(PAYMENT, contents);
}

/** Writes an ILP version 4 prepare packet, base64url without padding. */
export function writePrepare({ amount, address, data, expiresAt, condition }: PrepareFields): string {
  const time = expiresAt.toISOString().replaceAll(/[-:TZ.]/g, ""); // 17 digits (RFC 0027)
  const contents = [
    unsigned64(amount),
    Buffer.from(time),
    condition,
    octets(Buffer.from(address)),
    octets(data),
  ];
  return packet(PREPARE, contents);
}

function packet(type: number, contents: readonly Buffer[]): string {
  return Buffer.concat([Buffer.of(type), octets(Buffer.concat(contents))]).toString("base64url");
}

function unsigned64(amount: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  if (amount < 0n || amount >= 2n ** 64n) {
    throw new VersioningError("invalid-option", `the amount ${amount} is not an unsigned number of 64 bits`);
  }
  bytes.writeBigUInt64BE(amount);
  return bytes;
}

// Octets after their length (OER, ITU-T X.696 8.6): below 128 in one octet, otherwise after the count of the length's octets.
function octets(bytes: Buffer): Buffer {
  if (bytes.length < 128) return Buffer.concat([Buffer.of(bytes.length), bytes]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const significant = length.subarray(length.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.of(128 + significant.length), significant, bytes]);
}
