export { createCompatAdapter, type CompatAdapter } from "./adapter.ts";
export { FSPIOP_APIS, type SpokenApi } from "./bodies/spoken-api.ts";
export type { ValidationMode } from "./bodies/validate-body.ts";
export type { CompatAdapterOptions, ParticipantOptions, Side } from "./config/options.ts";
export { createRedisStore, type RedisStoreOptions } from "./conversations/redis-store.ts";
export { createMemoryStore, type AdapterStore, type MemoryStoreOptions } from "./conversations/store.ts";
export type { CountedUses, UsedVersions, VersionPair, VersionUse } from "./conversations/version-use.ts";
export type { MessageEvent, Outcome } from "./message/message-event.ts";
export type { Limits } from "./message/routing.ts";
export type {
  AffectedParticipant,
  AffectedResource,
  ReportDays,
  VersionsQuestion,
  VersionsReport,
  VersionsRow,
} from "./operations/versions-report.ts";
export type { ListenOptions } from "./server/listener.ts";
export type { ClientTls, ServerTls } from "./server/tls.ts";
export type { SignatureOutcome, SignaturePolicy } from "./signatures/signature-policy.ts";
export type { SigningAlgorithm, SigningKey, SigningOptions } from "./signatures/signer.ts";
