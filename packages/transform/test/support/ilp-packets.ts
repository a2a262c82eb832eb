/** ILP packets of our own making, in the forms that real ones have; the Transaction inside is what matters. */
export function v4Packet(transaction: unknown): string {
  const data = Buffer.from(Buffer.from(JSON.stringify(transaction)).toString("base64url"));
  const fields = Buffer.concat([uint64(5000), Buffer.from("20261121120000000"), Buffer.alloc(32, 7)]);
  return base64url(
    Buffer.of(12),
    octets(Buffer.concat([fields, octets(Buffer.from("g.payee")), octets(data)])),
  );
}

/** Version 1 in an envelope, as ilp-packet 2 writes it, with the data once more in base64url as the SDKs of Mojaloop do. */
export function v1Packet(transaction: unknown): string {
  const data = Buffer.from(Buffer.from(JSON.stringify(transaction)).toString("base64url"));
  const body = Buffer.concat([uint64(5000), octets(Buffer.from("g.payee")), octets(data), Buffer.of(0)]);
  return base64url(Buffer.of(1), octets(body));
}

/** Version 1 without an envelope and with plain JSON: API Definition, Listing 47. */
export function barePacket(transaction: unknown): string {
  const data = Buffer.from(JSON.stringify(transaction, undefined, 4));
  return base64url(Buffer.of(1), uint64(9900), octets(Buffer.from("g.se.payee")), octets(data));
}

function base64url(...parts: Buffer[]): string {
  return Buffer.concat(parts).toString("base64url");
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

// OER: a length below 128 is one octet, a longer one says first how many octets it takes.
function octets(content: Buffer): Buffer {
  const { length } = content;
  const prefix = length < 128 ? Buffer.of(length) : Buffer.of(0x82, length >> 8, length & 0xff);
  return Buffer.concat([prefix, content]);
}
