export type {
  Change,
  ComponentChange,
  Disposal,
  DirectionRules,
  Disposition,
  OperationChange,
  RefuseSource,
  Source,
  ApiComparison,
} from "./declare/change.ts";
export type {
  Conversion,
  ConversionClass,
  ConversionContext,
  Converter,
  Earlier,
  LookupRequest,
  ConversionRefusal,
  Report,
  ReportEntry,
  StashStore,
} from "./compile/conversion-context.ts";
export {
  defineChange,
  defineComponentChange,
  defineHeaderChange,
  defineNewResource,
} from "./declare/define-change.ts";
export type { HeaderChanges, Headers } from "./declare/header-changes.ts";
export type { ComponentResidues, Residues } from "./declare/residues.ts";
export { fspiopChanges } from "./fspiop/index.ts";
export { quoteIdFromIlpPacket, readIlpTransaction } from "./values/ilp-transaction.ts";
export { renderChangelog, type ChangelogOptions } from "./declare/render-changelog.ts";
export { createIdMap, type IdMap } from "./values/id-map.ts";
export type { Pointer } from "./values/pointer.ts";
export { requireQuoteId, transferQuoteIdChanges } from "./proposals/transfer-quote-id.ts";
export { createRegistry, type CoverageRow, type Registry } from "./registry/registry.ts";
export { renderDeclarations } from "./registry/render-declarations.ts";
export {
  unsettledPlaces,
  type UnsettledDirection,
  type UnsettledPlace,
} from "./registry/unsettled-places.ts";
export { settlementChanges } from "./settlement/index.ts";
