import { residue } from "@mojaloop-versioning/types/fspiop/residue";
import type { Change } from "../declare/change.ts";
import { fastPaths } from "../generated/fspiop-fast-paths.ts";
import { changes } from "./changes.ts";

/** The changes between FSPIOP 1.0, 1.1 and 2.0: every resource, every operation, both directions. */
export const fspiopChanges: readonly Change[] = [{ id: "fspiop", residue, fastPaths }, ...changes];
