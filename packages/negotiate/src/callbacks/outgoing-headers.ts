import { formatMediaType, HEADER, type Dialect, type Version } from "@mojaloop-versioning/protocol";
import type { HeaderFields } from "../core/negotiation.ts";
import type { CallbackContext } from "./callback-context.ts";

/** The sender, the receiver and the time of a message. */
export interface Envelope {
  /** The FSP id of the sender. */
  readonly source: string;
  /** The FSP id of the receiver; left out only where it is unknown (API Definition 3.2.1). */
  readonly destination?: string;
  /** Default: now. */
  readonly date?: Date;
}

/** The versions of a request. */
export interface RequestVersions {
  readonly resource: string;
  readonly dialect?: Dialect;
  /** The version of the body, or of the request where it has none. */
  readonly content: Version;
  /**
   * The versions that the callback may have, preferred ones first, or majors such as `"1"`, which API Definition 3.3.4.1 recommends.
   * Default: the version of the body.
   */
  readonly accept?: readonly (Version | `${number}`)[];
}

/** The header fields of a request (GET, POST, DELETE), the only messages with an Accept (API Definition 3.2.1, Table 1). */
export function requestHeaders(versions: RequestVersions, envelope: Envelope): HeaderFields {
  const { resource, content, accept = [content] } = versions;
  const dialect = versions.dialect ?? "fspiop";
  return {
    // central-services-shared 18.38.2 refuses a blank after the comma.
    [HEADER.accept]: accept.map((version) => formatMediaType({ resource, dialect, version })).join(","),
    ...callbackFields({ resource, dialect, version: content }, envelope),
  };
}

/**
 * The header fields of a callback (PUT), error callback (PUT …/error) or notification (PATCH): the version that its request asked
 * for, the requester as destination, and no Accept (API Definition 3.3.4.2; 3.2.1, Table 1). An error has the version of the
 * callback that it replaces (9.2).
 */
export function callbackHeaders(
  context: Pick<CallbackContext, "resource" | "dialect" | "version" | "requester">,
  envelope: Envelope,
): HeaderFields {
  const { requester } = context;
  return callbackFields(context, { ...(requester !== undefined && { destination: requester }), ...envelope });
}

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
