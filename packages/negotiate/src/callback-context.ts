import { isVersion, type Dialect, type Version } from "@mojaloop-versioning/protocol";

/** What must be remembered of a request until its callback is written, perhaps by another process. */
export interface CallbackContext {
  readonly resource: string;
  /** The version agreed for the callback. */
  readonly version: Version;
  readonly dialect: Dialect;
  /** The FSP id that asked, to which the callback goes; absent where the request named none. */
  readonly requester?: string;
  /** The id of the conversation, such as the transferId. */
  readonly id?: string;
}

/** A context restored from its text, or why there is none. */
export type ParsedCallbackContext =
  { readonly ok: true; readonly context: CallbackContext } | { readonly ok: false; readonly reason: string };

/** The members of a negotiation that a callback needs. */
export interface CallbackAgreement {
  readonly resource: string;
  readonly accept?: Version | undefined;
  readonly content: Version;
  readonly dialect: Dialect;
  readonly source?: string | undefined;
}

/** Longest text of a context, in characters; brokers and gateways take header values of this size. */
const MAX_LENGTH = 1024;
const MAX_MEMBER = 256;

/** Makes the context of a negotiated request. An answer to a PUT, such as an error callback, has the version of that PUT. */
export function createCallbackContext(agreement: CallbackAgreement, id?: string): CallbackContext {
  return {
    resource: agreement.resource,
    version: agreement.accept ?? agreement.content,
    dialect: agreement.dialect,
    ...(agreement.source !== undefined && { requester: agreement.source }),
    ...(id !== undefined && { id }),
  };
}

/** Writes a context as text of printable ASCII, fit for the header of a Kafka message or of a request; a few hundred characters. */
export function formatCallbackContext({
  resource,
  version,
  dialect,
  requester,
  id,
}: CallbackContext): string {
  return JSON.stringify({ resource, version, dialect, requester, id }).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Reads what {@link formatCallbackContext} wrote. The text may come from anywhere: each member is checked, others are left out. */
export function parseCallbackContext(text: string): ParsedCallbackContext {
  if (text.length > MAX_LENGTH) return wrong(`longer than ${MAX_LENGTH} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong("not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong("not an object");
  const members = new Map<string, unknown>(Object.entries(value));
  const resource = members.get("resource");
  const version = members.get("version");
  const dialect = members.get("dialect");
  const requester = members.get("requester");
  const id = members.get("id");
  if (typeof resource !== "string" || !/^[A-Za-z0-9_-]{1,64}$/.test(resource))
    return wrong("resource is no resource name");
  if (typeof version !== "string" || !isVersion(version)) return wrong("version is not major.minor");
  if (dialect !== "fspiop" && dialect !== "iso20022") return wrong("dialect is neither fspiop nor iso20022");
  if (!isMember(requester)) return wrong("requester is no FSP id");
  if (!isMember(id)) return wrong("id is no id");
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

function wrong(reason: string): ParsedCallbackContext {
  return { ok: false, reason: `the callback context is ${reason}` };
}

// These become header values and path segments, so nothing that could end one may be in them.
function isMember(value: unknown): value is string | undefined {
  return (
    value === undefined ||
    (typeof value === "string" &&
      value !== "" &&
      value.length <= MAX_MEMBER &&
      !/[\x00-\x1f\x7f]/.test(value))
  );
}
