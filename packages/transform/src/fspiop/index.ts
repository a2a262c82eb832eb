import { residue } from "@mojaloop-versioning/types/fspiop/residue";
import type { Change } from "../change.ts";
import { changes1_1 } from "./changes-1.1.ts";
import { changes2_0 } from "./changes-2.0.ts";

/** FSPIOP 1.0, 1.1 and 2.0 to one another: every resource, every operation. */
export const fspiopChanges: readonly Change[] = [
  { id: "fspiop", steps: residue },
  ...changes1_1,
  ...changes2_0,
];
