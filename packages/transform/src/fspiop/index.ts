import { residue } from "@mojaloop-versioning/types/fspiop/residue";
import type { Change } from "../change.ts";
import { lanes } from "../generated/fspiop-lanes.ts";
import { changes } from "./changes.ts";

/** FSPIOP 1.0, 1.1 and 2.0 to one another: every resource, every operation. */
export const fspiopChanges: readonly Change[] = [{ id: "fspiop", steps: residue, lanes }, ...changes];
