import type { Version } from "@mojaloop-versioning/protocol";
import { createDfsp, createHub, type Dfsp, type DfspOptions, type Hub } from "@mojaloop-versioning/simulator";
import {
  createCompatAdapter,
  type CompatAdapter,
  type CompatAdapterOptions,
  type MessageEvent,
  type Side,
} from "../../src/index.ts";

/** A hub, DFSPs and the adapter between them, all on 127.0.0.1. */
export interface Scheme {
  readonly hub: Hub;
  readonly dfsps: readonly Dfsp[];
  readonly adapter: CompatAdapter;
  readonly urls: Readonly<Record<Side, string>>;
  readonly options: CompatAdapterOptions;
  /** What the adapter told of each message. */
  readonly events: readonly MessageEvent[];
  readonly close: () => Promise<void>;
}

/** Starts a scheme; every DFSP that says nothing else is configured at the version that it speaks. */
export async function startScheme(
  hubVersion: Version,
  dfspOptions: readonly DfspOptions[],
  options: Partial<CompatAdapterOptions> = {},
): Promise<Scheme> {
  const hub = await createHub({ version: hubVersion });
  const dfsps = await Promise.all(dfspOptions.map((each) => createDfsp(each)));
  const events: MessageEvent[] = [];
  const participants = dfsps.map(({ fspId, url, api }) => [fspId, { url, version: api.version }] as const);
  const all: CompatAdapterOptions = {
    hub: { url: hub.url, version: hubVersion },
    participants: Object.fromEntries(participants),
    onMessage: (event) => void events.push(event),
    ...options,
  };
  const adapter = createCompatAdapter(all);
  const urls = await adapter.listen();
  for (const dfsp of dfsps) {
    dfsp.connect(urls.participants);
    hub.register({ ...dfsp, url: urls.hub });
  }
  return {
    hub,
    dfsps,
    adapter,
    urls,
    options: all,
    events,
    async close() {
      await Promise.all(dfsps.map((dfsp) => dfsp.close()));
      await adapter.close();
      await hub.close();
    },
  };
}
