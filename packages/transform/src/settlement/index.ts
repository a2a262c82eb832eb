import { residue } from "@mojaloop-versioning/types/settlement/residue";
import type { Change } from "../declare/change.ts";
import { fastPaths } from "../generated/settlement-fast-paths.ts";
import { changes } from "./changes.ts";

/** The changes between Settlement API 1.1 (`/v1`) and 2.0 (`/v2`): requests, and responses as `"GET /settlements/{id} 200"`. */
export const settlementChanges: readonly Change[] = [
  { id: "settlement", residue, fastPaths, basePaths: { "1.1": "/v1", "2.0": "/v2" } },
  ...changes,
];
