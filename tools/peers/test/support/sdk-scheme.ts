import { createCompatAdapter, type CompatAdapterOptions } from "@mojaloop-versioning/compat-adapter";
import type { Version } from "@mojaloop-versioning/protocol";
import { listen, type WireRequest } from "./listen.ts";
import { createSdk, type Sdk, type SdkOptions } from "./sdk.ts";

/** What an SDK answers a request with; it answers by the methods of the SDK alone. */
export type SdkAnswer = (request: WireRequest, sdk: Sdk, hub: Sdk) => Promise<unknown>;

export interface SdkSchemeOptions {
  readonly hubVersion: Version;
  /** Versions in the SDK's configuration; absent: its defaults. */
  readonly payer?: Pick<SdkOptions, "content" | "accept" | "signingKey">;
  readonly payee?: Pick<SdkOptions, "content" | "accept" | "signingKey">;
  readonly answer: SdkAnswer;
  readonly adapter?: Partial<CompatAdapterOptions>;
}

/** A payer and a payee that are the SDK, an adapter, and a switch that forwards what it is sent. */
export interface SdkScheme {
  readonly payer: Sdk;
  /** What arrived at each place, oldest first. */
  readonly arrived: {
    readonly payer: WireRequest[];
    readonly hub: WireRequest[];
    readonly payee: WireRequest[];
  };
  /** The first message that arrives at the payer; rejected with what an answer or the switch threw. */
  readonly callback: () => Promise<WireRequest>;
  readonly close: () => Promise<void>;
}

// FX exists from 2.0 on, and the SDK speaks it beside 1.0 of everything else.
const FX = { fxQuotes: "2.0", fxTransfers: "2.0" } as const;

// The switch judges no body and changes nothing: what the peers make of each other through the adapter is what counts.
export async function startSdkScheme(options: SdkSchemeOptions): Promise<SdkScheme> {
  let fail: (failure: unknown) => void = () => undefined;
  const arrived = { payer: [] as WireRequest[], hub: [] as WireRequest[], payee: [] as WireRequest[] };
  let resolveCallback: (request: WireRequest) => void = () => undefined;
  const called = new Promise<WireRequest>((resolve, reject) => {
    resolveCallback = resolve;
    fail = reject;
  });
  called.catch(() => undefined); // a test that awaits no callback has seen the refusal of its request

  const payerSide = await listen((request) => {
    arrived.payer.push(request);
    resolveCallback(request);
  }, fail);
  const payeeSide = await listen((request) => {
    arrived.payee.push(request);
    // A callback ends a conversation, and the switch answers what is about participants.
    return request.method === "PUT" ? undefined : options.answer(request, payee, hubSdk);
  }, fail);
  const hub = await listen(async (request) => {
    arrived.hub.push(request);
    if (/^\/participants\//.test(request.path) && request.method !== "PUT") {
      await options.answer(request, payee, hubSdk);
      return;
    }
    await forward(request, request.headers["fspiop-destination"] ?? "payeefsp", urls.hub);
  }, fail);

  const adapter = createCompatAdapter({
    hub: { url: hub.url, version: options.hubVersion },
    participants: {
      payerfsp: { url: payerSide.url },
      payeefsp: { url: payeeSide.url, version: options.payee?.content ?? "1.0", resources: FX },
    },
    schemeVersion: "1.0",
    ...options.adapter,
  });
  const urls = await adapter.listen();
  const endpoint = new URL(urls.participants).host;
  const payer = createSdk({ fspId: "payerfsp", endpoint, ...options.payer });
  const payee = createSdk({ fspId: "payeefsp", endpoint, ...options.payee });
  const hubSdk = createSdk({
    fspId: "hub",
    endpoint: new URL(urls.hub).host,
    content: options.hubVersion,
    accept: options.hubVersion,
  });

  return {
    payer,
    arrived,
    callback: () => called,
    async close() {
      await adapter.close();
      await Promise.all([payerSide, payeeSide, hub].map((each) => each.close()));
    },
  };
}

// Belong to one connection, and `fetch` sets its own.
const HOP_HEADERS: ReadonlySet<string> = new Set(["host", "connection", "content-length"]);

async function forward(
  { method, path, headers, text }: WireRequest,
  destination: string,
  base: string,
): Promise<void> {
  const kept = Object.entries(headers).filter(([name]) => !HOP_HEADERS.has(name));
  const response = await fetch(base + path, {
    method,
    headers: { ...Object.fromEntries(kept), "fspiop-destination": destination },
    ...(text !== "" && { body: text }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
}
