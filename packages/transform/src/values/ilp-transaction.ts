import { isJsonObject, ownMember, type JsonObject } from "@mojaloop-versioning/protocol";

// The npm package ilp-packet 3 reads only version 4 and has four dependencies; all that is needed of a packet here is its data.

const PAYMENT = 1; // ILP v1, ilp-packet 2: TYPE_ILP_PAYMENT
const PREPARE = 12; // ILP v4 (RFC 0027), TYPE_ILP_PREPARE
const AMOUNT = 8;
// The fixed fields of a v4 prepare packet: amount, expiry as 17 digits, condition.
const PREPARE_FIELDS = AMOUNT + 17 + 32;

/**
 * The `Transaction` inside the ILP packet of a quote or a transfer (API Definition 7.4.18), or undefined where the packet cannot be
 * read. Reads v1 packets with and without an envelope, and v4 packets; their data is JSON, or JSON in base64url.
 */
export function readIlpTransaction(ilpPacket: unknown): JsonObject | undefined {
  const bytes = fromBase64(ilpPacket);
  const data = bytes && dataOf(bytes);
  if (!data) return undefined;
  // The first octet distinguishes JSON from base64, which has no brace and no blank, without the cost of a failed parse.
  const first = data[0] ?? 0;
  const json = first === 0x7b || first <= 0x20 ? data : fromBase64(data.toString("latin1"));
  return parseObject(json?.toString("utf8"));
}

/** `Transaction.quoteId` inside an ILP packet, which is mandatory in every version; undefined where the packet cannot be read. */
export function quoteIdFromIlpPacket(ilpPacket: unknown): string | undefined {
  const quoteId = ownMember(readIlpTransaction(ilpPacket), "quoteId");
  return typeof quoteId === "string" ? quoteId : undefined;
}

function dataOf(bytes: Buffer): Buffer | undefined {
  const body = octetsAt(bytes, 1);
  if (bytes[0] === PREPARE) return body && payload(body.octets, PREPARE_FIELDS);
  if (bytes[0] !== PAYMENT) return undefined;
  // The packets of the API Definition (Listing 47) have no envelope: the amount follows the type directly.
  const enveloped = body?.end === bytes.length ? payload(body.octets, AMOUNT) : undefined;
  return enveloped ?? payload(bytes, 1 + AMOUNT);
}

// The address and the data follow the fixed fields.
function payload(bytes: Buffer, start: number): Buffer | undefined {
  const address = octetsAt(bytes, start);
  return address && octetsAt(bytes, address.end)?.octets;
}

// A string of octets after its length (OER, ITU-T X.696 8.6).
function octetsAt(bytes: Buffer, at: number): { octets: Buffer; end: number } | undefined {
  let length = bytes[at];
  if (length === undefined) return undefined;
  let start = at + 1;
  if (length >= 0x80) {
    const size = length & 0x7f;
    if (size === 0 || size > 4 || start + size > bytes.length) return undefined;
    length = bytes.readUIntBE(start, size);
    start += size;
  }
  const end = start + length;
  return end <= bytes.length ? { octets: bytes.subarray(start, end), end } : undefined;
}

// Both base64 alphabets, padded or not.
function fromBase64(text: unknown): Buffer | undefined {
  return typeof text === "string" && /^[\w+/-]+={0,2}$/.test(text) ? Buffer.from(text, "base64") : undefined;
}

function parseObject(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
