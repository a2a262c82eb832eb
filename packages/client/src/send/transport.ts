import { canonicalJson, type Version } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import type { Method } from "../api/api-shape.ts";
import type { ClientOptions, Clock } from "../options.ts";
import { authorized } from "./authorization.ts";
import { createFetchClient } from "./fetch-client.ts";
import { createHttpFetch, type FetchRequest } from "./http-fetch.ts";
import { messageHeaders, type OfferedVersions } from "./message-headers.ts";
import { messagePath } from "./message-path.ts";
import { errorOfResponse, type SendResult } from "../api/outcome.ts";
import type { ClientMessage } from "./client-message.ts";
import { retrying } from "./retry.ts";

/** Sends a message, whose body is written in `version`, and gives the outcome of the HTTP request. */
export type Transport = (
  message: ClientMessage,
  version: Version,
  accept: OfferedVersions,
) => Promise<SendResult<unknown>>;

// What openapi-fetch must know of a path: nothing, since the client's own types check the arguments.
interface AnyOperation {
  parameters: { query?: Record<string, unknown> };
  requestBody?: { content: { "application/json": string } };
  responses: { 200: { content: { "text/plain": string } } };
}
type AnyPaths = Record<string, Record<Lowercase<Method>, AnyOperation>>;

// The methods as OpenAPI writes them.
const LOWER_CASE = { GET: "get", POST: "post", PUT: "put", PATCH: "patch", DELETE: "delete" } as const;

/** Makes the transport of a client: headers, signature, middleware, authorization and resends. */
export function createTransport(options: ClientOptions<Api> & { readonly clock: Clock }): Transport {
  const { api, baseUrl, sign, middleware = [] } = options;
  const http = createFetchClient<AnyPaths>({
    baseUrl,
    // A redirection is an error and must not be followed (API Definition 3.2.4, Table 3).
    redirect: "manual",
    fetch: fetchOf(options),
  });
  http.use(...middleware);

  return async (message, version, accept) => {
    const { operation, params, query, signal } = message;
    const space = operation.indexOf(" ");
    const method = operation.slice(0, space) as Method; // the operation is one of its API
    const path = messagePath(operation.slice(space + 1), params);
    const headers = await messageHeaders(message, version, accept, options);
    const body = textOf(message.body, sign !== undefined);
    const signature = body === undefined ? undefined : await sign?.({ method, path, headers, body });
    const { data, error, response } = await http.request(LOWER_CASE[method], path, {
      params: { query: { ...query } },
      ...(body !== undefined && { body, bodySerializer: (text: unknown) => text }),
      headers: { ...headers, ...signature },
      parseAs: "text",
      ...(signal && { signal }),
    });
    if (!response.ok) return { error: errorOfResponse(response.status, error), response, version };
    // No response of FSPIOP has a body (API Definition 3.2.4); if there is one, it is not read.
    const hasData = !api.dialect && data !== undefined && data !== "";
    return { data: hasData ? JSON.parse(data) : undefined, response, version };
  };
}

// Mojaloop's own validator sorts the members before it verifies (sdk-standard-components 19.19.1, src/lib/jws/jwsValidator.js),
// so that a signature over any other order of the same members fails there.
function textOf(body: unknown, isSigned: boolean): string | undefined {
  if (body === undefined) return undefined;
  return isSigned ? canonicalJson(body) : JSON.stringify(body);
}

function fetchOf(options: ClientOptions<Api> & { readonly clock: Clock }): FetchRequest {
  const { api, authorization, retry, clock } = options;
  const plain = options.fetch ?? createHttpFetch(options.agent);
  const secured = authorization ? authorized(plain, authorization) : plain;
  // A POST of Settlement or Admin has no id by which its receiver knows a resend.
  const isRepeatable = ({ method }: Request): boolean => api.dialect !== undefined || method !== "POST";
  return retry ? retrying(secured, retry, clock, isRepeatable) : secured;
}
