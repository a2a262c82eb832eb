import {
  compareVersions,
  errorBody,
  formatMediaType,
  HEADER,
  kindOf,
  resourceOf,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import type { Agreements } from "./agreements.ts";
import type { Method } from "./api-shape.ts";
import { destinationOf } from "./destination.ts";
import type { Dictionary } from "./dictionary.ts";
import { createFetchClient } from "./fetch-client.ts";
import { createHttpFetch } from "./http-fetch.ts";
import type { ClientOptions, Clock } from "./options.ts";
import { errorOfBody, errorOfResponse, type Failure, type Result } from "./outcome.ts";
import { pathOf, textParams, type Params } from "./path.ts";

/** A message in the client's own version. */
export interface Outgoing {
  readonly operation: Operation;
  readonly params?: Params | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly destination?: string | undefined;
  /** The resource version to send it in. */
  readonly version?: Version | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Sends one message, in another version if the first is refused with 406. */
export type Send = (message: Outgoing) => Promise<Result<unknown>>;

/** What openapi-fetch needs to know of a path: nothing, since the types are checked at our own door. */
interface AnyOperation {
  parameters: { query?: Record<string, unknown> };
  requestBody?: { content: { "application/json": string } };
  responses: { 200: { content: { "text/plain": string } } };
}
type AnyPaths = Record<string, Record<Lowercase<Method>, AnyOperation>>;

type Offered = readonly (Version | `${number}`)[];

const JSON_TYPE = "application/json";

/** The methods as OpenAPI writes them. */
const lowerCaseOf = { GET: "get", POST: "post", PUT: "put", PATCH: "patch", DELETE: "delete" } as const;

/** Makes the sender of a client. */
export function createSend(
  options: ClientOptions<Api> & { readonly clock: Clock },
  dictionary: Dictionary,
  agreements: Agreements,
): Send {
  const { api, fspId, baseUrl, offer = {}, sign, clock } = options;
  const http = createFetchClient<AnyPaths>({
    baseUrl,
    // A redirection is an error and must not be followed (API Definition 3.2.4, Table 3).
    redirect: "manual",
    fetch: options.fetch ?? createHttpFetch(options.agent),
  });

  function headersOf(message: Outgoing, version: Version, accept: Offered): Record<string, string> {
    const { operation } = message;
    const resource = resourceOf(operation);
    const { dialect } = api;
    const own = {
      ...lowerCase(options.headers),
      ...lowerCase(message.headers),
      [HEADER.date]: clock.now().toUTCString(),
    };
    if (!dialect) return { ...own, [HEADER.accept]: JSON_TYPE, [HEADER.contentType]: JSON_TYPE };
    const destination = destinationOf(message, dialect);
    return {
      ...own,
      // Only requests have one (API Definition 3.2.1, Table 1). No blank, charset or weight: the switch takes none.
      ...(kindOf(operation) === "request" && {
        [HEADER.accept]: accept
          .map((each) => formatMediaType({ resource, dialect, version: each }))
          .join(","),
      }),
      [HEADER.contentType]: formatMediaType({ resource, dialect, version }),
      [HEADER.source]: fspId,
      ...(destination !== undefined && { [HEADER.destination]: destination }),
    };
  }

  async function transmit(message: Outgoing, version: Version, accept: Offered): Promise<Result<unknown>> {
    const { operation, params, query, signal } = message;
    const space = operation.indexOf(" ");
    const method = operation.slice(0, space) as Method; // dictionary.own has found the operation in its API
    const path = pathOf(operation.slice(space + 1), params);
    const headers = headersOf(message, version, accept);
    const body = message.body === undefined ? undefined : JSON.stringify(message.body);
    const signature = body === undefined ? undefined : await sign?.({ method, path, headers, body });
    const { data, error, response } = await http.request(lowerCaseOf[method], path, {
      params: { query: { ...query } },
      ...(body !== undefined && { body, bodySerializer: (text: unknown) => text }),
      headers: { ...headers, ...signature },
      parseAs: "text",
      ...(signal && { signal }),
    });
    if (!response.ok) return { error: errorOfResponse(response.status, error), response, version };
    // No response of FSPIOP to a request or a callback has a body (API Definition 3.2.4); what stands there is not read.
    const holdsData = !api.dialect && data !== undefined && data !== "";
    return { data: holdsData ? JSON.parse(data) : undefined, response, version };
  }

  /** The message as another version says it, or why that cannot be. */
  async function translated(message: Outgoing, to: Version): Promise<Outgoing | Failure> {
    const { operation, params, query, body } = message;
    const translation = dictionary.translation(operation, dictionary.own(operation), to);
    if (translation === "same") return message;
    if (!translation) {
      const refusal = errorBody("3001", `${operation} cannot be said in version ${to}`);
      return { error: errorOfBody("conversion", refusal), version: to };
    }
    const converted = await translation.async(body, {
      ...options.conversion,
      params: textParams(params),
      ...(query && { query: textParams(query) }),
    });
    if (!converted.ok) return { error: errorOfBody("conversion", converted.refusal.body), version: to };
    return {
      ...message,
      body: converted.body,
      params: converted.params ?? params,
      query: converted.query ?? query,
    };
  }

  /** The message as another version says it, if it can and if its callback can be read; otherwise nothing. */
  async function inVersion(message: Outgoing, version: Version): Promise<Outgoing | undefined> {
    if (!dictionary.common(message.operation, version)) return undefined;
    const other = await translated(message, version);
    return "error" in other ? undefined : other;
  }

  return async (message) => {
    const { operation } = message;
    const resource = resourceOf(operation);
    const own = dictionary.own(operation);
    const to = destinationOf(message, api.dialect);
    const agreed = agreements.find(to, resource);
    const remembered =
      agreed !== undefined && message.version === undefined ? await inVersion(message, agreed) : undefined;
    const version = message.version ?? (remembered && agreed) ?? own;
    const spoken = remembered ?? (await translated(message, version));
    if ("error" in spoken) return spoken;
    const accept = message.version === undefined && !remembered ? offer[resource] : undefined;
    const first = await transmit(spoken, version, accept ?? [version]);
    const isRefused = first.error?.status === 406;
    const isNewer = !first.error && agreed !== undefined && compareVersions(version, agreed) > 0;
    if (isRefused || isNewer) agreements.forget(to, resource);
    if (!isRefused) return first;
    // API Definition 3.3.4.3: the list says what the other side supports. The newest version that can say this message is taken,
    // if its callback can be read as well; there is no third attempt.
    for (const candidate of first.error.versions) {
      // The very version that was refused is tried again only if the offer beside it may have been the reason.
      if (candidate === version && !accept) continue;
      const other = await inVersion(message, candidate);
      if (!other) continue;
      const second = await transmit(other, candidate, [candidate]);
      if (!second.error) agreements.keep(to, resource, candidate);
      return second;
    }
    return first;
  };
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
