import { formatMediaType, HEADER, kindOf, resourceOf, type Version } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import type { ClientOptions, Clock } from "../options.ts";
import { destinationOf } from "./destination.ts";
import type { ClientMessage } from "./client-message.ts";

/** The versions that a message offers for its callback: exact ones, or majors. */
export type OfferedVersions = readonly (Version | `${number}`)[];

/** Headers of every message, or a function that gives those of one message. */
export type ClientHeaders =
  | Readonly<Record<string, string>>
  | ((
      message: MessageSummary,
    ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

/** What a function of headers sees of a message. */
export interface MessageSummary {
  readonly operation: ClientMessage["operation"];
  readonly destination: string | undefined;
  /** The resource version in which it is sent. */
  readonly version: Version;
}

const JSON_TYPE = "application/json";

/** The headers of a message in one version; those of FSPIOP win over those of the program. */
export async function messageHeaders(
  message: ClientMessage,
  version: Version,
  accept: OfferedVersions,
  options: ClientOptions<Api> & { readonly clock: Clock },
): Promise<Record<string, string>> {
  const { operation } = message;
  const resource = resourceOf(operation);
  const { dialect } = options.api;
  const destination = destinationOf(message, dialect);
  const given =
    typeof options.headers === "function"
      ? await options.headers({ operation, destination, version })
      : options.headers;
  const own = {
    ...lowerCase(given),
    ...lowerCase(message.headers),
    [HEADER.date]: options.clock.now().toUTCString(),
  };
  if (!dialect) return { ...own, [HEADER.accept]: JSON_TYPE, [HEADER.contentType]: JSON_TYPE };
  return {
    ...own,
    // Only requests have one (API Definition 3.2.1, Table 1). Mojaloop's hub accepts no space, charset or weight in it.
    ...(kindOf(operation) === "request" && {
      [HEADER.accept]: accept.map((each) => formatMediaType({ resource, dialect, version: each })).join(","),
    }),
    [HEADER.contentType]: formatMediaType({ resource, dialect, version }),
    [HEADER.source]: options.fspId,
    ...(destination !== undefined && { [HEADER.destination]: destination }),
  };
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
