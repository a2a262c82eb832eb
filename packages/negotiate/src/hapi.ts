import type {
  Plugin,
  Request,
  ResponseObject,
  ResponseToolkit,
  Server,
  ServerRequestExtType,
} from "@hapi/hapi";
import { createHandlerChoice, type VersionKey, type VersionOfKey } from "./adapters/handlers-by-version.ts";
import { finalContentType, isListField, withMember } from "./adapters/stamp.ts";
import {
  headersOf,
  negotiatorOf,
  notNegotiated,
  type VersioningOptions,
} from "./adapters/versioning-options.ts";
import { createFspiopHeadersCheck, type FspiopHeadersOptions } from "./core/fspiop-headers.ts";
import type {
  HeaderFields,
  HttpRefusal,
  Negotiation,
  RegisteredApiVersion,
  RegisteredNegotiated,
  RegisteredRequest,
} from "./core/negotiation.ts";
import type { AnyNegotiator } from "./core/negotiator.ts";
import { readChoice } from "./options/invalid-option.ts";
import { DEFAULT_RESOURCES } from "./options/protocol-versions.ts";
import { createPathVersioner, type PathVersioningOptions } from "./paths/path-version.ts";

declare module "@hapi/hapi" {
  interface RequestApplicationState {
    /** The agreement about this request; absent for paths of no resource in the offer. */
    fspiop?: RegisteredNegotiated;
    /** The version that {@link pathVersioning} read from the path. */
    apiVersion?: RegisteredApiVersion;
  }
}

const POINTS = ["onRequest", "onPreAuth", "onCredentials", "onPostAuth", "onPreHandler"] as const;

/** Where in the lifecycle of a request a plugin runs. */
export interface ExtensionOption {
  /** Default `"onRequest"`, before routing and authentication. `"onPostAuth"` is where central-services-shared runs. */
  readonly ext?: (typeof POINTS)[number];
}

/** The options of {@link versioning}: those of a negotiator with an extension point, or `{ negotiator, ext }`. */
export type HapiVersioningOptions =
  (VersioningOptions & ExtensionOption) | ({ readonly negotiator: VersioningOptions } & ExtensionOption);

/**
 * A hapi plugin, for 21: it sets `request.app.fspiop` and stamps the response, or sends the refusal and logs it with
 * `request.log(["fspiop", "refused"])`. Registered with a route prefix, the paths begin after the prefix; `basePath` may name it
 * too.
 *
 * ```ts
 * await server.register({ plugin: versioning, options: { offer: { transfers: ["1.0", "1.1", "2.0"] } } });
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export const versioning: Plugin<HapiVersioningOptions> = {
  name: "@mojaloop-versioning/negotiate",
  multiple: true,
  register(server, options) {
    const { ext, rest } = splitExt(options);
    const negotiator = negotiatorOf("negotiator" in rest ? rest.negotiator : rest, prefixOf(server));
    const stamps = new WeakMap<Request, HeaderFields>();
    server.ext(ext, (request, h) => {
      const outcome = negotiateRequest(negotiator, request);
      if (!outcome.ok) {
        logRefusal(request, outcome, "refused");
        return refuse(h, outcome);
      }
      if (outcome.managed)
        request.app.fspiop = outcome; // Register has the type of this offer
      else if (outcome.observed) logRefusal(request, outcome.observed, "observed");
      if (outcome.headers) stamps.set(request, outcome.headers);
      return h.continue;
    });
    // After the plugin that turns errors into FSPIOP bodies (central-services-error-handling), where there is one.
    server.ext(
      "onPreResponse",
      (request, h) => {
        const headers = stamps.get(request);
        if (headers) stampResponse(request.response, headers);
        return h.continue;
      },
      { after: ["error-handler"] },
    );
  },
};

/**
 * A hapi plugin that checks `FSPIOP-Source`, `FSPIOP-Proxy`, `Date` and `Content-Length`, with the defaults of
 * central-services-shared.
 * @throws VersioningError `invalid-option` that names the option's path
 */
export const fspiopHeaders: Plugin<FspiopHeadersOptions & ExtensionOption> = {
  name: "@mojaloop-versioning/negotiate/fspiop-headers",
  multiple: true,
  register(server, options) {
    const { ext, rest } = splitExt(options);
    const check = createFspiopHeadersCheck(rest, DEFAULT_RESOURCES);
    const mountPath = prefixOf(server);
    server.ext(ext, (request, h) => {
      const { method = "GET" } = request.raw.req;
      const { path } = request;
      const url = mountPath !== "" && path.startsWith(mountPath) ? path.slice(mountPath.length) : path;
      const refused = check({ method, url, mountPath, headers: headersOf(request.raw.req) });
      if (!refused) return h.continue;
      logRefusal(request, refused, "refused");
      return refuse(h, refused);
    });
  },
};

/**
 * A hapi plugin for APIs that do not negotiate: it sets `request.app.apiVersion` from the path.
 *
 * ```ts
 * await server.register({ plugin: pathVersioning, options: { prefixes: { "/v1": "1.1", "/v2": "2.0" } } });
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export const pathVersioning: Plugin<PathVersioningOptions> = {
  name: "@mojaloop-versioning/negotiate/path",
  register(server, options) {
    const versionOf = createPathVersioner(options);
    server.ext("onRequest", (request, h) => {
      const outcome = versionOf(request.path);
      if (!outcome.ok) return refuse(h, outcome);
      if (outcome.apiVersion !== undefined) request.app.apiVersion = outcome.apiVersion;
      return h.continue;
    });
  },
};

/**
 * The agreement about a request (GET, POST, DELETE), with its `accept`.
 * @throws VersioningError `not-negotiated` where there is none
 */
export function requestAgreement({ app: { fspiop } }: Pick<Request, "app">): RegisteredRequest {
  if (fspiop?.kind === "request") return fspiop;
  throw notNegotiated();
}

/** A request whose body has the version of a key of {@link byVersion}. */
export type RequestOf<K extends VersionKey> = Request & {
  readonly app: { readonly fspiop: RegisteredNegotiated & { readonly content: VersionOfKey<K> } };
};

/**
 * Makes one handler from several, chosen by the version of the body: `byVersion({ "1.0": a, "1.1+": b })`.
 * @throws VersioningError `invalid-option` for wrong keys
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- K gives each handler the type of its key
export function byVersion<const K extends VersionKey, R>(handlers: {
  readonly [P in K]: (request: RequestOf<P>, h: ResponseToolkit) => R;
}): (request: Request, h: ResponseToolkit) => R {
  const choose = createHandlerChoice<(request: never, h: ResponseToolkit) => R>(handlers);
  return (request, h) => {
    if (!request.app.fspiop) throw notNegotiated();
    // The chosen handler is the one for this version.
    return choose(request.app.fspiop.content)(request as never, h);
  };
}

// Returns `ext` and the other options.
function splitExt<O extends object>(
  options: O & ExtensionOption,
): { readonly ext: ServerRequestExtType; readonly rest: O } {
  if (!("ext" in options)) return { ext: "onRequest", rest: options };
  const { ext, ...rest } = options;
  return { ext: readChoice(ext, "ext", POINTS), rest: rest as unknown as O }; // O without the option that was read
}

// The prefix of the routes that a plugin is registered with.
function prefixOf(server: Server): string {
  return (server.realm.modifiers.route as { readonly prefix?: string }).prefix ?? ""; // typed as always present
}

function refuse(h: ResponseToolkit, { status, headers, body }: HttpRefusal): ResponseObject {
  const response = h.response(body).code(status);
  for (const [name, value] of Object.entries(headers)) response.header(name, value);
  return response.takeover();
}

// Without the URL, which may contain an MSISDN.
function logRefusal(request: Request, { status, errorCode, body }: HttpRefusal, tag: string): void {
  const description = body.errorInformation.errorDescription;
  request.log(["fspiop", tag], { status, errorCode, description });
}

// hapi routes by the path that it, or an earlier extension, has rewritten; the target as sent shows disguises.
function negotiateRequest({ negotiate }: AnyNegotiator, { raw: { req }, path }: Request): Negotiation {
  const { method = "GET", url = "/" } = req;
  const headers = headersOf(req);
  const outcome = negotiate({ method, url, headers });
  const isUnmanaged = outcome.ok && !outcome.managed && !outcome.observed;
  return isUnmanaged && path !== url ? negotiate({ method, url: path, headers }) : outcome;
}

// Header fields that a handler has set are kept.
function stampResponse(response: Request["response"], headers: HeaderFields): void {
  const isError = "output" in response;
  const present: Record<string, unknown> = isError ? response.output.headers : response.headers;
  const status = isError ? response.output.statusCode : response.statusCode;
  const body: unknown = isError ? response.output.payload : response.source;
  for (const [name, value] of Object.entries(headers)) {
    if (isListField(name)) present[name] = withMember(value, present[name]);
    else if (name !== "content-type") present[name] ??= value;
    else if (present[name] === undefined) {
      const type = finalContentType(value, value, { status, body });
      // hapi's own type is right for an error body that is not FSPIOP's.
      if (type === value) setContentType(response, value);
    }
  }
}

function setContentType(response: Request["response"], type: string): void {
  if ("output" in response) response.output.headers["content-type"] = type;
  else response.type(type);
}
