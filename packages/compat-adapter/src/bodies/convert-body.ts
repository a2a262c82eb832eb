import { canonicalJson, fillPath, type Operation, type Version } from "@mojaloop-versioning/protocol";
import type { ConversionContext, IdMap, Registry, Report } from "@mojaloop-versioning/transform";
import { retentionMs, type ConversationMessage, type MessageForm } from "../conversations/conversation.ts";
import { recallMessages } from "../conversations/earlier-messages.ts";
import { convertWithStore, type Convert } from "../conversations/stored-conversion.ts";
import type { AdapterStore } from "../conversations/store.ts";
import { createPassedIds } from "./deployed-ids.ts";
import type { RestoreNumbers } from "./parse-body.ts";
import type { ErrorAnswer } from "../server/error-answer.ts";

/** How bodies are converted. */
export interface ConversionSettings {
  readonly registry: Registry;
  readonly lookup: ConversionContext["lookup"];
  readonly ids: IdMap | boolean | undefined;
  readonly stash: boolean | undefined;
  /** Milliseconds for which ids and stashes of a message without expiration are kept. */
  readonly rememberMs: number;
  /** Ids that the target version does not accept: `refuse` them, or pass those that `deployed` hubs accept, or `any`. Ignored with `ids`. */
  readonly foreignIds: "refuse" | "deployed" | "any";
  /** Whether each conversion reports what it changed. */
  readonly report: boolean;
}

/** What a conversion must know about the message that a body belongs to. */
export interface ConvertibleMessage extends ConversationMessage {
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly from: Version;
}

/** A body to convert. `bytes` is `null` for a message without one. */
export interface BodyInput {
  readonly bytes: Buffer | null;
  readonly body: unknown;
  readonly restore?: RestoreNumbers;
}

/** A body in another version, with the request target that belongs to it. */
export interface ConvertedBody extends BodyInput, MessageForm {
  /** The bytes that arrived if nothing in them changed. */
  readonly bytes: Buffer | null;
  /** Whether the body or the request target differs from what arrived. */
  readonly changed: boolean;
  readonly report: Report | undefined;
}

/** The outcome of {@link convertBody}. `swallow` asks to acknowledge the message without forwarding it. */
export type BodyConversion =
  | ({ readonly ok: true } & ConvertedBody)
  | { readonly ok: false; readonly swallow: false; readonly error: ErrorAnswer }
  | { readonly ok: false; readonly swallow: true };

/** Converts the body and the request target of a message to the version `to`. */
export async function convertBody(
  settings: ConversionSettings,
  store: AdapterStore,
  message: ConvertibleMessage,
  to: Version,
  { bytes, body, restore = (text) => text }: BodyInput,
): Promise<BodyConversion> {
  const { lookup, stash, report } = settings;
  const passed =
    settings.ids || settings.foreignIds === "refuse"
      ? undefined
      : createPassedIds(settings.foreignIds === "any");
  const ids = passed?.map ?? settings.ids;
  const converter = settings.registry.between(message.resource, message.from, to, message.operation);
  const { needs } = converter;
  const context: ConversionContext = {
    params: message.params,
    query: Object.fromEntries(new URLSearchParams(queryOf(message.url))),
    report,
    ...(lookup && { lookup }),
    ...(needs.length > 0 && {
      earlier: await recallMessages(store, needs, message, { url: message.url, body }),
    }),
  };
  const convert: Convert = (complete) =>
    lookup ? converter.async(body, complete) : converter(body, complete);
  const ttlMs = retentionMs(body, settings.rememberMs);
  const conversion = await (ids || stash !== undefined
    ? convertWithStore(convert, context, store, { ids, stash, ttlMs, restore })
    : convert(context));
  if (!conversion.ok) {
    const { disposition, status, body: errorBody } = conversion.refusal;
    if (disposition === "swallow") return { ok: false, swallow: true };
    return { ok: false, swallow: false, error: { status, body: errorBody } };
  }
  const { query } = conversion;
  const params = passed ? passed.restore(conversion.params) : conversion.params;
  const restored = passed ? passed.restore(conversion.body) : conversion.body;
  const sameTarget = sameValue(params ?? message.params, message.params) && query === undefined;
  const sameBody = restored === body || (passed !== undefined && sameValue(restored, body));
  return {
    ok: true,
    bytes: sameBody ? bytes : Buffer.from(restore(JSON.stringify(restored))),
    body: restored,
    changed: !sameBody || !sameTarget,
    url: sameTarget
      ? message.url
      : fillPath(templateOf(message.operation), params ?? message.params, query ?? context.query),
    report: conversion.report,
  };
}

// Only ids may have changed back and forth.
function sameValue(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

function queryOf(url: string): string {
  const at = url.indexOf("?");
  return at < 0 ? "" : url.slice(at + 1);
}

function templateOf(operation: Operation): string {
  return operation.slice(operation.indexOf("/"));
}
