import { fillPath, type Operation, type Version } from "@mojaloop-versioning/protocol";
import type { ConversionContext, Report } from "@mojaloop-versioning/transform";
import { keepFor } from "./conversation.ts";
import { recallEarlier } from "./earlier.ts";
import { convertWithStore, type Convert } from "./kept-for-later.ts";
import type { Leg } from "./leg.ts";
import { refusal, type Refusal } from "./refusal.ts";
import type { Routing } from "./routing.ts";
import type { AdapterStore } from "./store.ts";

/** A message as it goes on. */
export interface Converted {
  readonly ok: true;
  /** The very bytes that came where nothing in them changed; null where there are none. */
  readonly bytes: Buffer | null;
  readonly body: unknown;
  readonly changed: boolean;
  /** Request target, query included. */
  readonly url: string;
  readonly report: Report | undefined;
}

export type BodyOutcome =
  | Converted
  | { readonly ok: false; readonly refusal: Refusal }
  /** To be acknowledged and to go no further: the receiver's version never asks for it. */
  | { readonly ok: false; readonly swallow: true };

/** Parses a body; `undefined` stands for none. */
export function parseBody(bytes: Buffer): { ok: true; body: unknown } | { ok: false; refusal: Refusal } {
  if (bytes.length === 0) return { ok: true, body: undefined };
  try {
    return { ok: true, body: JSON.parse(bytes.toString("utf8")) };
  } catch {
    return { ok: false, refusal: refusal("3101", "The body is not JSON") };
  }
}

/** Says a message in the version `to`. */
export async function convertBody(
  routing: Routing,
  store: AdapterStore,
  leg: Leg,
  to: Version,
  bytes: Buffer | null,
  body: unknown,
): Promise<BodyOutcome> {
  const { lookup, ids, stash, onMessage } = routing.options;
  const converter = routing.registry.between(leg.resource, leg.from, to, leg.operation);
  const given: ConversionContext = {
    params: leg.params,
    query: Object.fromEntries(new URLSearchParams(queryOf(leg.url))),
    report: onMessage !== undefined,
    ...(lookup && { lookup }),
    ...(converter.needs.length > 0 && { earlier: await recallEarlier(store, leg, body, converter.needs) }),
  };
  const convert: Convert = (context) => (lookup ? converter.async(body, context) : converter(body, context));
  const said = await (ids || stash !== undefined
    ? convertWithStore(convert, given, routing.options, store, keepFor(routing, body))
    : convert(given));
  if (!said.ok) {
    if (said.refusal.disposition === "swallow") return { ok: false, swallow: true };
    return { ok: false, refusal: { status: said.refusal.status, body: said.refusal.body } };
  }
  const sameTarget = said.params === undefined && said.query === undefined;
  const changed = said.body !== body;
  return {
    ok: true,
    bytes: changed ? Buffer.from(JSON.stringify(said.body)) : bytes,
    body: said.body,
    changed: changed || !sameTarget,
    url: sameTarget
      ? leg.url
      : fillPath(templateOf(leg.operation), said.params ?? leg.params, said.query ?? given.query),
    report: said.report,
  };
}

function queryOf(url: string): string {
  const at = url.indexOf("?");
  return at < 0 ? "" : url.slice(at + 1);
}

function templateOf(operation: Operation): string {
  return operation.slice(operation.indexOf("/"));
}
