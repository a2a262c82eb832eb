import { residue } from "@mojaloop-versioning/types/settlement/residue";
import type { Change } from "../change.ts";
import { lanes } from "../generated/settlement-lanes.ts";
import { changes } from "./changes.ts";

/** The Settlement API 1.1 (`/v1`) and 2.0 (`/v2`): requests, and the responses as `"GET /settlements/{id} 200"`. */
export const settlementChanges: readonly Change[] = [
  { id: "settlement", steps: residue, lanes, basePaths: { "1.1": "/v1", "2.0": "/v2" } },
  ...changes,
];
