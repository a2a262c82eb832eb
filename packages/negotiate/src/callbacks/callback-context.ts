import {
  isFspId,
  isJsonObject,
  isVersion,
  ownMember,
  VersioningError,
  type Dialect,
  type Version,
} from "@mojaloop-versioning/protocol";

/** The facts about a request that its callback needs, perhaps in another process. */
export interface CallbackContext {
  readonly resource: string;
  /** The version agreed for the callback. */
  readonly version: Version;
  readonly dialect: Dialect;
  /** The FSP id of the request's sender, which receives the callback; absent where the request named none. */
  readonly requester?: string;
  /** The id of the conversation, such as the transferId: 1 to 128 printable ASCII characters without `/`, `\` or dot segments. */
  readonly id?: string;
}

/** A context restored from its text, or the reason why it cannot be. */
export type ParsedCallbackContext =
  { readonly ok: true; readonly context: CallbackContext } | { readonly ok: false; readonly reason: string };

/** The members of an agreement that a callback context needs. */
export interface AgreedVersions {
  readonly resource: string;
  readonly accept?: Version | undefined;
  readonly content: Version;
  readonly dialect: Dialect;
  readonly source?: string | undefined;
}

/** Longest text of a context, in characters; brokers and gateways accept header values of this size. */
const MAX_LENGTH = 1024;

// The id becomes a path segment; the longest that FSPIOP has is a party's, of 128 characters (API Definition 7.3, PartyIdentifier).
const ID = /^[\x20-\x2e\x30-\x5b\x5d-\x7e]{1,128}$/;

/**
 * Makes the context of a negotiated request. The context of a PUT, for an error callback, has the version of that PUT.
 * @throws VersioningError `invalid-option` where `source` is not an FSP id or `id` cannot be a path segment
 */
export function createCallbackContext(agreement: AgreedVersions, id?: string): CallbackContext {
  const context = {
    resource: agreement.resource,
    version: agreement.accept ?? agreement.content,
    dialect: agreement.dialect,
    ...(agreement.source !== undefined && { requester: agreement.source }),
    ...(id !== undefined && { id }),
  };
  return checkedContext(context);
}

/**
 * Writes a context as at most 1,024 characters of printable ASCII, which the header of a Kafka message or of a request can carry.
 * @throws VersioningError `invalid-option` for a context that {@link parseCallbackContext} would refuse
 */
export function formatCallbackContext(context: CallbackContext): string {
  const { resource, version, dialect, requester, id } = checkedContext(context);
  const text = JSON.stringify({ resource, version, dialect, requester, id });
  if (text.length <= MAX_LENGTH) return text;
  throw new VersioningError("invalid-option", `the callback context is longer than ${MAX_LENGTH} characters`);
}

/** Reads the text of {@link formatCallbackContext}. The text may come from anywhere: each member is checked, others are ignored. */
export function parseCallbackContext(text: string): ParsedCallbackContext {
  if (text.length > MAX_LENGTH)
    return { ok: false, reason: faultText(`longer than ${MAX_LENGTH} characters`) };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: faultText("not JSON") };
  }
  const fault = isJsonObject(value) ? faultOf(value) : "not an object";
  if (fault !== undefined) return { ok: false, reason: faultText(fault) };
  const { resource, version, dialect, requester, id } = value as CallbackContext; // faultOf has checked each member
  return {
    ok: true,
    context: {
      resource,
      version,
      dialect,
      ...(requester !== undefined && { requester }),
      ...(id !== undefined && { id }),
    },
  };
}

function checkedContext(context: CallbackContext): CallbackContext {
  const fault = faultOf(context);
  if (fault === undefined) return context;
  throw new VersioningError("invalid-option", faultText(fault));
}

function faultText(fault: string): string {
  return `the callback context is unusable: ${fault}`;
}

function faultOf(context: object): string | undefined {
  const resource = ownMember(context, "resource");
  const version = ownMember(context, "version");
  const dialect = ownMember(context, "dialect");
  const requester = ownMember(context, "requester");
  const id = ownMember(context, "id");
  if (typeof resource !== "string" || !/^[A-Za-z0-9_-]{1,64}$/.test(resource))
    return "resource is not a resource name of at most 64 characters";
  if (typeof version !== "string" || !isVersion(version)) return "version is not major.minor";
  if (dialect !== "fspiop" && dialect !== "iso20022") return "dialect is neither fspiop nor iso20022";
  if (requester !== undefined && !(typeof requester === "string" && isFspId(requester)))
    return "requester is not an FSP id";
  if (id !== undefined && !(typeof id === "string" && ID.test(id) && id !== "." && id !== ".."))
    return "id cannot be one path segment";
  return undefined;
}
