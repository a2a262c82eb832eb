import type { Operation } from "@mojaloop-versioning/protocol";
import type { Pointer } from "../values/pointer.ts";
import type { ConversionClass } from "./conversion-context.ts";
import type { ValueCheck } from "./value-check.ts";

/** What becomes known of a step while its changes are compiled. */
export interface StepDraft {
  class: ConversionClass;
  readonly changes: Set<string>;
  readonly needs: Set<Operation>;
  readonly refuses: Pointer[];
  readonly missing: Pointer[];
  readonly restorable: Map<Pointer, ValueCheck>;
  readonly derivable: Map<Pointer, (body: unknown) => unknown>;
}

/** The draft of a step that changes nothing. */
export function createStepDraft(): StepDraft {
  return {
    class: "identity",
    changes: new Set(),
    needs: new Set(),
    refuses: [],
    missing: [],
    restorable: new Map(),
    derivable: new Map(),
  };
}

const BEST_FIRST: readonly ConversionClass[] = [
  "identity",
  "lossless",
  "stash",
  "lossy",
  "refused",
  "missing",
];

/** The worse of two classes. */
export function worse(a: ConversionClass, b: ConversionClass): ConversionClass {
  return BEST_FIRST.indexOf(a) > BEST_FIRST.indexOf(b) ? a : b;
}
