import type {
  Bodies,
  fspiopV1_1,
  Transaction,
  TransfersPostRequest,
} from "@mojaloop-versioning/types/fspiop/v1.1";
import type { Settlement, SettlementWindow } from "@mojaloop-versioning/types/settlement/v1.1";
import { expectTypeOf } from "vitest";

expectTypeOf<Bodies["POST /transfers"]>().toEqualTypeOf<TransfersPostRequest>();
expectTypeOf<TransfersPostRequest["transferId"]>().toEqualTypeOf<string>();
expectTypeOf<Transaction["quoteId"]>().toEqualTypeOf<string>();

// The table is as precise as the document: a typo does not compile.
type Operations = (typeof fspiopV1_1)["operations"];
expectTypeOf<Operations["POST /transfers"]["version"]>().toEqualTypeOf<"1.1">();
expectTypeOf<Operations["PUT /authorizations/{ID}"]["version"]>().toEqualTypeOf<"1.0">();
expectTypeOf<"POST /transfer">().not.toExtend<keyof Operations>();

// The overlay of settlement 1.1: a flat list of windows.
expectTypeOf<NonNullable<Settlement["settlementWindows"]>[number]>().toEqualTypeOf<SettlementWindow>();
