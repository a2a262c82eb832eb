import { formatMediaType, type Version } from "@mojaloop-versioning/protocol";
import {
  createCompatAdapter,
  type CompatAdapter,
  type CompatAdapterOptions,
  type MessageEvent,
  type Side,
} from "../../src/index.ts";
import { startRecorder, type Recorder } from "./recorder.ts";

/** An adapter between recorders: a hub on 2.0, and the participants `old` (1.0), `mid` (1.1) and `new` (2.0). */
export interface Wire {
  readonly hub: Recorder;
  readonly old: Recorder;
  readonly mid: Recorder;
  readonly new: Recorder;
  readonly adapter: CompatAdapter;
  readonly urls: Readonly<Record<Side, string>>;
  readonly events: readonly MessageEvent[];
  readonly options: CompatAdapterOptions;
  readonly close: () => Promise<void>;
}

export async function startWire(change: Partial<CompatAdapterOptions> = {}): Promise<Wire> {
  const [hub, old, mid, latest] = await Promise.all([
    startRecorder(),
    startRecorder(),
    startRecorder(),
    startRecorder(),
  ]);
  const events: MessageEvent[] = [];
  const options: CompatAdapterOptions = {
    hub: { url: hub.url, version: "2.0" },
    participants: {
      old: { url: old.url, version: "1.0" },
      mid: { url: mid.url, version: "1.1" },
      new: { url: latest.url, version: "2.0" },
    },
    onMessage: (event) => void events.push(event),
    ...change,
  };
  const adapter = createCompatAdapter(options);
  const urls = await adapter.listen();
  return {
    hub,
    old,
    mid,
    new: latest,
    adapter,
    urls,
    events,
    options,
    async close() {
      await adapter.close();
      await Promise.all([hub, old, mid, latest].map((each) => each.close()));
    },
  };
}

/** The header fields of a message of `resource` in `version`; `accept` only where the method has one. */
export function fields(
  method: string,
  resource: string,
  version: Version,
  source: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const type = formatMediaType({ resource, version });
  return {
    "content-type": type,
    ...(method === "PUT" || method === "PATCH" ? {} : { accept: type }),
    date: new Date(0).toUTCString(),
    "fspiop-source": source,
    ...more,
  };
}

/** An answer as a test looks at it. */
export interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly code: string | undefined;
  readonly retryAfter?: string;
  readonly body: unknown;
}

export async function send(
  base: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<Answered> {
  const response = await fetch(base + path, { method, headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  const parsed: unknown = text === "" ? undefined : JSON.parse(text);
  const { errorInformation } = (parsed ?? {}) as { errorInformation?: { errorCode: string } }; // an FSPIOP error, or nothing
  const type = response.headers.get("content-type");
  const retryAfter = response.headers.get("retry-after");
  return {
    status: response.status,
    type,
    code: errorInformation?.errorCode,
    ...(retryAfter !== null && { retryAfter }),
    body: parsed,
  };
}

/** A quote request that is valid in every version. */
export function postQuote(base: string, version: Version, source: string): Promise<Answered> {
  return send(base, "POST", "/quotes", fields("POST", "quotes", version, source), JSON.stringify(QUOTE));
}

/** Bodies that are valid in every version. */
export const QUOTE = {
  quoteId: "7c23e80c-d078-4077-8263-2c047876fcf6",
  transactionId: "85feac2f-39b2-491b-817e-4a03203d4f14",
  payee: { partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "123", fspId: "mid" } },
  payer: { partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "456", fspId: "old" } },
  amountType: "SEND",
  amount: { amount: "100", currency: "USD" },
  transactionType: { scenario: "TRANSFER", initiator: "PAYER", initiatorType: "CONSUMER" },
};

export const TRANSFER = {
  transferId: "b51ec534-ee48-4575-b6a9-ead2955b8069",
  payerFsp: "old",
  payeeFsp: "mid",
  amount: { amount: "100", currency: "USD" },
  ilpPacket: "AQAAAAAAAADIEHByaXZhdGUucGF5ZWVmc3AAAA",
  condition: "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
  expiration: "2116-05-24T08:38:08.699-04:00",
};
