import type { HeaderFields } from "./negotiation.ts";
import { createNegotiator, type Negotiator } from "./negotiator.ts";
import type { Offer } from "./offer.ts";
import type { NegotiatorOptions } from "./options.ts";

/** What every adapter takes: options, or a negotiator made before, so that `update` can be called on it. */
export type VersioningOptions<O extends Offer = Offer, C extends Offer = O> =
  NegotiatorOptions<O, C> | Negotiator<O, C>;

/** The negotiator itself, or a new one. */
export function negotiatorOf<O extends Offer, C extends Offer>(
  options: VersioningOptions<O, C>,
): Pick<Negotiator<O, C>, "negotiate"> {
  return "negotiate" in options ? options : createNegotiator(options);
}

/** What Node's responses share with those of the frameworks on top of it. */
export interface HeaderTarget {
  getHeader: (name: string) => unknown;
  setHeader: (name: string, value: string) => unknown;
}

/** Puts header fields on a response; what is a list joins what is there already. */
export function stamp(response: HeaderTarget, headers: HeaderFields): void {
  for (const name in headers) {
    const value = headers[name] ?? "";
    response.setHeader(name, isList(name) ? joined(value, response.getHeader(name)) : value);
  }
}

/** Whether a field of ours is a list that others may write to as well. */
export function isList(name: string): boolean {
  return name === "vary" || name === "link";
}

/** A list field with our value added to what is there already. */
export function joined(value: string, present: unknown): string {
  const before = Array.isArray(present) ? present.join(", ") : present;
  if (typeof before !== "string" || before === "") return value;
  const members = before.toLowerCase().split(",");
  return members.some((member) => member.trim() === value.toLowerCase()) ? before : `${before}, ${value}`;
}
