import type { Disposal } from "../declare/change.ts";
import type { ConversionClass } from "./conversion-context.ts";

/** The class of a conversion with this disposal. */
export function classOf(disposal: Disposal): ConversionClass {
  return disposal === "drop" ? "lossy" : disposal === "stash" ? "stash" : "lossless";
}

/** Whether a value with this disposal can be in a stash. */
export function isStashable(disposal: Disposal): boolean {
  if (typeof disposal === "string") return disposal !== "refuse";
  return disposal.unlessStashed === true;
}
