import { formatMediaType } from "@mojaloop-versioning/protocol";
import type { FastifyInstance, FastifyPluginCallback, FastifyReply } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { isList, joined, negotiatorOf, type VersioningOptions } from "./adapter.ts";
import type { RegisteredApiVersion, RegisteredNegotiated, Refusal } from "./negotiation.ts";
import { createPathVersioner, type PathVersioningOptions } from "./path-version.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** What was negotiated for this request; only requests to resources of the offer have it. */
    fspiop: RegisteredNegotiated;
    /** The version that {@link pathVersioning} read off the path. */
    apiVersion: RegisteredApiVersion;
  }
}

function installVersioning(app: FastifyInstance, options: VersioningOptions): void {
  const negotiator = negotiatorOf(options);
  addBodyParser(app);
  app.decorateRequest("fspiop");
  app.addHook("onRequest", (request, reply, next) => {
    const { method = "GET", url = "/", headers, rawHeaders } = request.raw;
    const outcome = negotiator.negotiate({ method, url, headers: rawHeaders });
    if (!outcome.ok) {
      refuse(reply, outcome);
      return;
    }
    if (outcome.managed) {
      request.fspiop = outcome;
      const type = headers["content-type"];
      // Fastify 4 chokes on forms that RFC 9110 5.6.6 allows (`;;`, a last `;`). `raw.headers` stays as it was sent.
      // What reads like the stamp is in no such form.
      if (type !== undefined && type !== outcome.headers["content-type"]) {
        const { resource, dialect, content } = outcome;
        const plainly = formatMediaType({ resource, dialect, version: content });
        if (type !== plainly) request.headers = { "content-type": plainly };
      }
      for (const name in outcome.headers) {
        const value = outcome.headers[name] ?? "";
        void reply.header(name, isList(name) ? joined(value, reply.getHeader(name)) : value);
      }
    }
    next();
  });
}

function installPathVersioning(app: FastifyInstance, options: PathVersioningOptions): void {
  const versionOf = createPathVersioner(options);
  app.decorateRequest("apiVersion");
  app.addHook("onRequest", (request, reply, next) => {
    const outcome = versionOf(request.raw.url ?? "/");
    if (!outcome.ok) {
      refuse(reply, outcome);
      return;
    }
    if (outcome.apiVersion !== undefined) request.apiVersion = outcome.apiVersion;
    next();
  });
}

// Fastify awaits what is said to `done`, but lets what is thrown escape.
function pluginOf<O extends object>(
  install: (app: FastifyInstance, options: O) => void,
): FastifyPluginCallback<O> {
  return (app, options, done) => {
    try {
      install(app, options);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  };
}

// A buffer is sent as it is; fastify would add a charset to a text.
function refuse(reply: FastifyReply, { status, headers, body }: Refusal): void {
  void reply
    .code(status)
    .headers(headers)
    .send(Buffer.from(JSON.stringify(body)));
}

/** The media types that this package negotiates, whatever the resource. */
const VENDOR_JSON = /^application\/vnd\.interoperability\.[^;\s]+\+json/i;

// Fastify answers 415 to a type that it has no parser for; one that the application adds later comes before this one.
function addBodyParser(app: FastifyInstance): void {
  if (app.hasContentTypeParser(VENDOR_JSON)) return;
  const { onProtoPoisoning = "error", onConstructorPoisoning = "error" } = app.initialConfig;
  const parseJson = app.getDefaultJsonParser(onProtoPoisoning, onConstructorPoisoning);
  app.addContentTypeParser(VENDOR_JSON, { parseAs: "string" }, (request, body: string, done) => {
    // A DELETE bears a Content-Type and no body (API Definition 3.2.1, Table 1).
    if (body === "") done(null, undefined);
    else void parseJson(request, body, done);
  });
}

/**
 * A Fastify plugin, for 4 and 5, that covers every route of the instance it is registered on: `request.fspiop` is set, the
 * response stamped, or the refusal sent. Bodies of the vendor's JSON media types are parsed as JSON.
 *
 * ```ts
 * await app.register(versioning, { offer: { transfers: ["1.0", "1.1", "2.0"] } });
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export const versioning: FastifyPluginCallback<VersioningOptions> = fastifyPlugin(
  pluginOf(installVersioning),
  {
    fastify: ">=4",
    name: "@mojaloop-versioning/negotiate",
  },
);

/**
 * A Fastify plugin for APIs that do not negotiate: `request.apiVersion` is the version that the path says.
 *
 * ```ts
 * await app.register(pathVersioning, { prefixes: { "/v1": "1.1", "/v2": "2.0" } });
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export const pathVersioning: FastifyPluginCallback<PathVersioningOptions> = fastifyPlugin(
  pluginOf(installPathVersioning),
  {
    fastify: ">=4",
    name: "@mojaloop-versioning/negotiate/path",
  },
);
