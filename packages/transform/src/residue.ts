/** `up` is from the older to the newer version, `down` the way back. */
export type Direction = "up" | "down";

export type {
  Facts,
  OperationResidue,
  ResidueStep as Step,
  ResidueTable,
  Unsettled,
} from "@mojaloop-versioning/types";
