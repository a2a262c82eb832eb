export type {
  Change,
  ComponentChange,
  Disposal,
  Disposition,
  OperationChange,
  RefuseSource,
  Settlement,
  Source,
  Steps,
} from "./change.ts";
export type {
  Conversion,
  ConversionClass,
  ConversionContext,
  Converter,
  Earlier,
  LookupRequest,
  Refusal,
  Report,
  ReportEntry,
  StashStore,
} from "./context.ts";
export {
  defineChange,
  defineComponentChange,
  defineHeaderChange,
  defineNewResource,
} from "./define-change.ts";
export type { HeaderChanges, Headers } from "./headers.ts";
export type { ComponentResidues, Residues } from "./residues.ts";
export { fspiopChanges } from "./fspiop/index.ts";
export { quoteIdFromIlpPacket, readIlpPacket } from "./ilp-packet.ts";
export { renderChangelog, type ChangelogOptions } from "./changelog.ts";
export { createIdMap, type IdMap } from "./id-map.ts";
export type { Pointer } from "./pointer.ts";
export { requireQuoteId, transferQuoteIdChanges } from "./proposals/transfer-quote-id.ts";
export { createRegistry, type CoverageRow, type Registry } from "./registry.ts";
export { settlementChanges } from "./settlement/index.ts";
