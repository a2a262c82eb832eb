import { VersioningError } from "@mojaloop-versioning/protocol";
import { readFields } from "./message.ts";
import type { AnyNegotiator } from "./negotiator.ts";

const ISO_INFIX = "vnd.interoperability.iso20022.";

/**
 * Combines a negotiator for FSPIOP and one for ISO 20022, for a hub that speaks both during its migration. A message goes to the
 * negotiator of the dialect that its Content-Type names, else its Accept, else to that for FSPIOP; if its resource is not in the
 * offer there, to the other one.
 *
 * ```ts
 * const fspiop = createNegotiator({ offer: { quotes: ["1.0", "1.1", "2.0"] } });
 * const iso20022 = createNegotiator({ offer: { quotes: ["2.0"] }, dialect: "iso20022" });
 * app.use(versioning(combineDialects({ fspiop, iso20022 })));
 * ```
 * @throws VersioningError `invalid-option` where one is missing
 */
export function combineDialects<F, I>(negotiators: {
  readonly fspiop: AnyNegotiator<F>;
  readonly iso20022: AnyNegotiator<I>;
}): AnyNegotiator<F | I> {
  for (const dialect of ["fspiop", "iso20022"] as const) {
    if (typeof (negotiators as Partial<typeof negotiators>)[dialect]?.negotiate === "function") continue;
    throw new VersioningError("invalid-option", `${dialect} is missing; pass a negotiator of that dialect`);
  }
  const { fspiop, iso20022 } = negotiators;
  return {
    negotiate(message) {
      const { contentType, accept } = readFields(message.headers);
      const isIso = (contentType || accept || "").toLowerCase().includes(ISO_INFIX);
      const outcome: F | I = (isIso ? iso20022 : fspiop).negotiate(message);
      return isUnmanaged(outcome) ? (isIso ? fspiop : iso20022).negotiate(message) : outcome;
    },
    mountedAt: (prefix) =>
      combineDialects({ fspiop: fspiop.mountedAt(prefix), iso20022: iso20022.mountedAt(prefix) }),
  };
}

// An observed refusal is a judgement, and so is the answer to OPTIONS.
function isUnmanaged(outcome: unknown): boolean {
  return (
    typeof outcome === "object" &&
    outcome !== null &&
    "managed" in outcome &&
    outcome.managed === false &&
    !("observed" in outcome) &&
    !("headers" in outcome)
  );
}
