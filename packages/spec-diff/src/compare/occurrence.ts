import type { Schema } from "../schema/schema.ts";
import type { Step } from "./difference.ts";

/** The schema of a whole message on both sides, and the steps from it down to a difference. */
export interface Occurrence {
  readonly base: Schema;
  readonly revision: Schema;
  readonly steps: readonly Step[];
}
