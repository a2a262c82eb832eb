import { formatMediaType } from "@mojaloop-versioning/protocol";
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
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
  Negotiated,
  RegisteredApiVersion,
  RegisteredNegotiated,
  RegisteredRequest,
} from "./core/negotiation.ts";
import { readChoice } from "./options/invalid-option.ts";
import { DEFAULT_RESOURCES } from "./options/protocol-versions.ts";
import { createPathVersioner, type PathVersioningOptions } from "./paths/path-version.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The agreement about this request; absent for paths of no resource in the offer. */
    fspiop?: RegisteredNegotiated;
    /** The version that {@link pathVersioning} read from the path. */
    apiVersion?: RegisteredApiVersion;
  }
}

const HOOKS = ["onRequest", "preParsing", "preValidation", "preHandler"] as const;

/** Where in the lifecycle of a request a plugin runs. */
export interface HookOption {
  /** Default `"onRequest"`, before authentication and before the body is read. */
  readonly hook?: (typeof HOOKS)[number];
}

/** The options of {@link versioning}: those of a negotiator with a hook, or `{ negotiator, hook }`. */
export type FastifyVersioningOptions =
  (VersioningOptions & HookOption) | ({ readonly negotiator: VersioningOptions } & HookOption);

function installVersioning(app: FastifyInstance, options: FastifyVersioningOptions): void {
  const { hook, rest } = splitHook(options);
  const negotiator = negotiatorOf("negotiator" in rest ? rest.negotiator : rest, app.prefix);
  addBodyParser(app);
  decorate(app, "fspiop");
  addHook(app, hook, (request, reply) => {
    const { method = "GET", url = "/", headers } = request.raw;
    const outcome = negotiator.negotiate({ method, url, headers: headersOf(request.raw) });
    if (!outcome.ok) {
      logRefusal(request, outcome, "message refused");
      return refuse(reply, outcome);
    }
    if (!outcome.managed) {
      if (outcome.observed) logRefusal(request, outcome.observed, "message would be refused");
      if (outcome.headers) stampReply(reply, outcome.headers);
      return undefined;
    }
    request.fspiop = outcome; // Register has the type of this offer
    simplifyContentType(request, headers["content-type"], outcome);
    stampReply(reply, outcome.headers);
    return undefined;
  });
  app.addHook("onSend", (request, reply, payload, next) => {
    const stamped = request.fspiop?.headers["content-type"];
    if (stamped !== undefined) {
      const present = reply.getHeader("content-type");
      const type = finalContentType(stamped, present, { status: reply.statusCode, body: payload });
      if (type !== present && typeof type === "string") void reply.header("content-type", type);
    }
    next(null, payload);
  });
}

// Fastify 4 cannot read forms that RFC 9110 5.6.6 allows (`;;`, a last `;`). `raw.headers` stays as sent.
function simplifyContentType(request: FastifyRequest, type: string | undefined, outcome: Negotiated): void {
  if (type === undefined || type === outcome.headers["content-type"]) return;
  const { resource, dialect, content } = outcome;
  const plain = formatMediaType({ resource, dialect, version: content });
  if (type !== plain) request.headers = { "content-type": plain };
}

function installFspiopHeaders(app: FastifyInstance, options: FspiopHeadersOptions & HookOption): void {
  const { hook, rest } = splitHook(options);
  const check = createFspiopHeadersCheck(rest, DEFAULT_RESOURCES);
  const mountPath = app.prefix;
  addHook(app, hook, (request, reply) => {
    const { method = "GET", url = "/" } = request.raw;
    const below = url.startsWith(mountPath) ? url.slice(mountPath.length) : url;
    const refused = check({ method, url: below, mountPath, headers: headersOf(request.raw) });
    if (!refused) return undefined;
    logRefusal(request, refused, "message refused");
    return refuse(reply, refused);
  });
}

function installPathVersioning(app: FastifyInstance, options: PathVersioningOptions): void {
  const versionOf = createPathVersioner(options);
  decorate(app, "apiVersion");
  addHook(app, "onRequest", (request, reply) => {
    const outcome = versionOf(request.raw.url ?? "/");
    if (!outcome.ok) return refuse(reply, outcome);
    if (outcome.apiVersion !== undefined) request.apiVersion = outcome.apiVersion;
    return undefined;
  });
}

// Returns `hook` and the other options.
function splitHook<O extends object>(
  options: O & HookOption,
): { readonly hook: (typeof HOOKS)[number]; readonly rest: Omit<O, "hook"> & O } {
  if (!("hook" in options)) return { hook: "onRequest", rest: options };
  const { hook, ...rest } = options;
  return { hook: readChoice(hook, "hook", HOOKS), rest: rest as unknown as O }; // O without the option that was read
}

type Judge = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined;

function addHook(app: FastifyInstance, hook: (typeof HOOKS)[number], judge: Judge): void {
  switch (hook) {
    case "preParsing":
      app.addHook(hook, (request, reply, payload, next) => {
        if (!judge(request, reply)) next(null, payload);
      });
      return;
    case "onRequest":
    case "preValidation":
    case "preHandler":
      app.addHook(hook, (request: FastifyRequest, reply: FastifyReply, next: () => void) => {
        if (!judge(request, reply)) next();
      });
  }
}

// Two registrations in one instance share the decorator.
function decorate(app: FastifyInstance, name: "fspiop" | "apiVersion"): void {
  if (!app.hasRequestDecorator(name)) app.decorateRequest(name);
}

function stampReply(reply: FastifyReply, headers: HeaderFields): void {
  for (const name in headers) {
    const value = headers[name] ?? "";
    void reply.header(name, isListField(name) ? withMember(value, reply.getHeader(name)) : value);
  }
}

// Without the URL, which may contain an MSISDN.
function logRefusal(request: FastifyRequest, { status, errorCode, body }: HttpRefusal, text: string): void {
  request.log.info({ status, errorCode, description: body.errorInformation.errorDescription }, text);
}

// A buffer is sent as it is; fastify adds a charset to a string.
function refuse(reply: FastifyReply, { status, headers, body }: HttpRefusal): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .send(Buffer.from(JSON.stringify(body)));
}

/** The media types that this package negotiates, of any resource. */
const VENDOR_JSON = /^application\/vnd\.interoperability\.[^;\s]+\+json/i;

// Fastify answers 415 to a type without a parser. A parser that the application adds later takes precedence over this one.
function addBodyParser(app: FastifyInstance): void {
  if (app.hasContentTypeParser(VENDOR_JSON)) return;
  const { onProtoPoisoning = "error", onConstructorPoisoning = "error" } = app.initialConfig;
  const parseJson = app.getDefaultJsonParser(onProtoPoisoning, onConstructorPoisoning);
  app.addContentTypeParser(VENDOR_JSON, { parseAs: "string" }, (request, body: string, done) => {
    // A DELETE has a Content-Type and no body (API Definition 3.2.1, Table 1).
    if (body === "") done(null, undefined);
    else void parseJson(request, body, done);
  });
}

// Fastify waits for `done`; an error that is thrown would escape it.
function pluginOf<O extends object>(
  name: string,
  install: (app: FastifyInstance, options: O) => void,
): FastifyPluginCallback<O> {
  const plugin: FastifyPluginCallback<O> = (app, options, done) => {
    try {
      install(app, options);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return fastifyPlugin(plugin, { fastify: ">=4", name });
}

/**
 * A Fastify plugin, for 4 and 5, for every route of the instance that registers it: it sets `request.fspiop` and stamps the reply,
 * or sends the refusal and logs it. Bodies of the vendor's JSON media types are parsed. In an instance with a prefix, the paths
 * begin after the prefix; `basePath` may name it too.
 *
 * ```ts
 * await app.register(versioning, { offer: { transfers: ["1.0", "1.1", "2.0"] } });
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export const versioning: FastifyPluginCallback<FastifyVersioningOptions> = pluginOf(
  "@mojaloop-versioning/negotiate",
  installVersioning,
);

/**
 * A Fastify plugin that checks `FSPIOP-Source`, `FSPIOP-Proxy`, `Date` and `Content-Length`, with the defaults of
 * central-services-shared.
 * @throws VersioningError `invalid-option` that names the option's path
 */
export const fspiopHeaders: FastifyPluginCallback<FspiopHeadersOptions & HookOption> = pluginOf(
  "@mojaloop-versioning/negotiate/fspiop-headers",
  installFspiopHeaders,
);

/**
 * A Fastify plugin for APIs that do not negotiate: it sets `request.apiVersion` from the path.
 *
 * ```ts
 * await app.register(pathVersioning, { prefixes: { "/v1": "1.1", "/v2": "2.0" } });
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export const pathVersioning: FastifyPluginCallback<PathVersioningOptions> = pluginOf(
  "@mojaloop-versioning/negotiate/path",
  installPathVersioning,
);

/**
 * The agreement about a request (GET, POST, DELETE), with its `accept`.
 * @throws VersioningError `not-negotiated` where there is none
 */
export function requestAgreement({ fspiop }: Pick<FastifyRequest, "fspiop">): RegisteredRequest {
  if (fspiop?.kind === "request") return fspiop;
  throw notNegotiated();
}

/** A request whose body has the version of a key of {@link byVersion}. */
export type RequestOf<K extends VersionKey> = FastifyRequest & {
  readonly fspiop: RegisteredNegotiated & { readonly content: VersionOfKey<K> };
};

/**
 * Makes one handler from several, chosen by the version of the body: `byVersion({ "1.0": a, "1.1+": b })`.
 * @throws VersioningError `invalid-option` for wrong keys
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- K gives each handler the type of its key
export function byVersion<const K extends VersionKey>(handlers: {
  readonly [P in K]: (request: RequestOf<P>, reply: FastifyReply) => unknown;
}): (request: FastifyRequest, reply: FastifyReply) => unknown {
  const choose = createHandlerChoice<(request: never, reply: FastifyReply) => unknown>(handlers);
  return (request, reply) => {
    if (!request.fspiop) throw notNegotiated();
    // The chosen handler is the one for this version.
    return choose(request.fspiop.content)(request as never, reply);
  };
}
