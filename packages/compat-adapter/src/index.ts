export { createCompatAdapter, type CompatAdapter } from "./adapter.ts";
export { FSPIOP_APIS, type SpokenApi } from "./api.ts";
export type { MessageEvent, Outcome } from "./message-event.ts";
export type {
  CompatAdapterOptions,
  Limits,
  ListenOptions,
  ParticipantOptions,
  Side,
  SignaturePolicy,
} from "./options.ts";
export { createRedisStore, type RedisStoreOptions } from "./redis-store.ts";
export type { SignatureFate } from "./signature.ts";
export type { SigningOptions } from "./signer.ts";
export { createMemoryStore, type AdapterStore, type MemoryStoreOptions, type Sighting } from "./store.ts";
export type { ClientTls, ServerTls } from "./tls.ts";
export type { StillBehind, VersionsReport, VersionsRow } from "./versions-report.ts";
