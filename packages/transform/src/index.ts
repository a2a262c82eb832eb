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
  LookupRequest,
  Refusal,
  Report,
  ReportEntry,
  StashStore,
} from "./context.ts";
export { fspiopChanges } from "./fspiop/index.ts";
export { createIdMap, type IdMap } from "./id-map.ts";
export type { Pointer } from "./pointer.ts";
export { createRegistry, type CoverageRow, type Registry } from "./registry.ts";
