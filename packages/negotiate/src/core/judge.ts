import { isFspId, type Version } from "@mojaloop-versioning/protocol";
import type { Settings } from "../options/options.ts";
import type { Fields } from "./message.ts";
import type { AgreedCallback, AgreedRequest, HeaderFields, Negotiated } from "./negotiation.ts";
import type { Plan } from "./plan.ts";
import type { RefusalReason } from "./refusals.ts";

const NO_HEADERS: HeaderFields = Object.freeze({});

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Judges the fields of a message to a managed resource: Accept first, then Content-Type, then FSPIOP-Source. `url` tells an error
 * callback from a callback.
 */
export function judge(
  plan: Plan,
  settings: Settings,
  { method, url }: { readonly method: string; readonly url: string },
  fields: Fields,
): Negotiated | RefusalReason {
  const isRequest = method !== "PUT" && method !== "PATCH";
  let accept: Version | undefined;
  if (isRequest || (settings.judgesCallbackAccept && fields.accept)) {
    const verdict = fields.accept ? plan.judgeAccept(fields.accept) : "missing";
    if (verdict === "missing") return "acceptMissing";
    if (verdict === "malformed") return "acceptMalformed";
    if (verdict === "unacceptable" || verdict === "foreign") return "unacceptable";
    if (isRequest) accept = verdict;
  }

  const content = judgeContent(plan, settings, fields, isBodyless(method) ? accept : undefined);
  switch (content) {
    case "contentMissing":
    case "contentMalformed":
    case "contentUnsupported":
      return content;
  }
  if (fields.contradictorySource || (fields.source !== undefined && !isFspId(fields.source))) {
    return "sourceMalformed";
  }

  // Members are assigned, not spread, since every message comes through here.
  const agreed = {
    ok: true,
    managed: true,
    kind: isRequest ? "request" : kindOfCallback(method, url),
    resource: plan.resource,
    content,
    dialect: plan.dialect,
    headers: settings.observes ? NO_HEADERS : plan.stampOf(accept, content),
  } as Mutable<AgreedRequest> | Mutable<AgreedCallback>; // a request gets its other members below
  if (accept !== undefined) {
    agreed.accept = accept;
    agreed.callbackContentType = plan.mediaTypeOf(accept);
  }
  if (fields.source !== undefined) agreed.source = fields.source;
  return agreed;
}

// The version of the body; `fallback` is that of a message without one, where the options allow it.
function judgeContent(
  plan: Plan,
  settings: Settings,
  { contentType, moreContentTypes }: Fields,
  fallback: Version | undefined,
): Version | "contentMissing" | "contentMalformed" | "contentUnsupported" {
  if (!contentType) {
    return fallback === undefined || settings.needsBodylessContentType ? "contentMissing" : fallback;
  }
  const verdict = plan.judgeContent(contentType);
  // Node's header object keeps the first line only; if a second line differs in meaning, the version of the body is unknown.
  const contradicted = moreContentTypes?.some(
    (line) => verdict === "unsupported" || plan.judgeContent(line) !== verdict,
  );
  if (verdict === "malformed" || contradicted) return "contentMalformed";
  return verdict === "unsupported" ? "contentUnsupported" : verdict;
}

function kindOfCallback(method: string, url: string): AgreedCallback["kind"] {
  if (method === "PATCH") return "notification";
  return url.endsWith("/error") ? "errorCallback" : "callback";
}

function isBodyless(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "DELETE";
}
