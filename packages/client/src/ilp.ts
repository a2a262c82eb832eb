export { conditionOf, isFulfilled } from "./ilp/fulfilment.ts";
export {
  createIlp,
  transferMismatch,
  type Ilp,
  type IlpConversion,
  type IlpOptions,
  type IlpParty,
  type IlpTerms,
  type IlpTransaction,
  type TransferTerms,
} from "./ilp/ilp.ts";
export type { MoneyAmount } from "./ilp/minor-units.ts";
