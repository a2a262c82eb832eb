import { formatMediaType, HEADER, type Dialect, type Version } from "@mojaloop-versioning/protocol";
import type { CallbackContext } from "./callback-context.ts";
import type { HeaderFields } from "./negotiation.ts";

/** Who sends to whom, and when. */
export interface Envelope {
  /** The FSP id of the sender. */
  readonly source: string;
  /** The FSP id of the receiver; left out only where it is unknown (API Definition 3.2.1). */
  readonly destination?: string;
  /** Default: now. */
  readonly date?: Date;
}

/** What a request says about versions. */
export interface RequestVersions {
  readonly resource: string;
  readonly dialect?: Dialect;
  /** The version of the body, or of the request where it has none. */
  readonly content: Version;
  /**
   * What the callback may have: versions, newest preferred, or majors as `"1"`, which is what API Definition 3.3.4.1 advises.
   * Default: the version of the body.
   */
  readonly accept?: readonly (Version | `${number}`)[];
}

/** The header fields of a request (GET, POST, DELETE): the only ones with an Accept (API Definition 3.2.1, Table 1). */
export function requestHeaders(versions: RequestVersions, envelope: Envelope): HeaderFields {
  const { resource, content, accept = [content] } = versions;
  const dialect = versions.dialect ?? "fspiop";
  return {
    // No blank after the comma: central-services-shared refuses one.
    [HEADER.accept]: accept.map((version) => formatMediaType({ resource, dialect, version })).join(","),
    ...callbackFields({ resource, dialect, version: content }, envelope),
  };
}

/**
 * The header fields of a callback (PUT) or notification (PATCH): the version that its request asked for, the requester as
 * destination, and no Accept (API Definition 3.3.4.2; 3.2.1, Table 1).
 */
export function callbackHeaders(
  context: Pick<CallbackContext, "resource" | "dialect" | "version" | "requester">,
  envelope: Envelope,
): HeaderFields {
  const { requester } = context;
  return callbackFields(context, { ...(requester !== undefined && { destination: requester }), ...envelope });
}

/** The header fields of an error callback (PUT …/error): an error has the version of the callback in whose place it comes (9.2). */
export const errorCallbackHeaders: typeof callbackHeaders = callbackHeaders;

function callbackFields(
  { resource, dialect, version }: Pick<CallbackContext, "resource" | "dialect" | "version">,
  { source, destination, date = new Date() }: Envelope,
): HeaderFields {
  return {
    [HEADER.contentType]: formatMediaType({ resource, dialect, version }),
    [HEADER.date]: date.toUTCString(),
    [HEADER.source]: source,
    ...(destination !== undefined && { [HEADER.destination]: destination }),
  };
}
