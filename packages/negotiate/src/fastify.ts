import type { FastifyPluginCallback } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { joined, negotiatorOf, type VersioningOptions } from "./adapter.ts";
import type { RegisteredNegotiated } from "./negotiation.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** What was negotiated for this request; only requests to resources of the offer have it. */
    fspiop: RegisteredNegotiated;
  }
}

/** The media types that this package negotiates, whatever the resource. */
const VENDOR_JSON = /^application\/vnd\.interoperability\.[^;\s]+\+json/i;

const plugin: FastifyPluginCallback<VersioningOptions> = (app, options, done) => {
  const negotiator = negotiatorOf(options);
  // Fastify answers 415 to any type that it has no parser for; a parser of the application's own, added later, comes first.
  if (!app.hasContentTypeParser(VENDOR_JSON)) {
    app.addContentTypeParser(VENDOR_JSON, { parseAs: "string" }, app.getDefaultJsonParser("error", "error"));
  }
  app.decorateRequest("fspiop");
  app.addHook("onRequest", (request, reply, next) => {
    const { method = "GET", url = "/", rawHeaders } = request.raw;
    const outcome = negotiator.negotiate({ method, url, headers: rawHeaders });
    if (!outcome.ok) {
      // A buffer is sent as it is; fastify would add a charset to a text.
      void reply
        .code(outcome.status)
        .headers(outcome.headers)
        .send(Buffer.from(JSON.stringify(outcome.body)));
      return;
    }
    if (outcome.managed) {
      request.fspiop = outcome;
      for (const [name, value] of Object.entries(outcome.headers)) {
        void reply.header(name, joined(name, value, reply.getHeader(name)));
      }
    }
    next();
  });
  done();
};

/**
 * A Fastify plugin, for 4 and 5, that covers every route of the instance it is registered on: `request.fspiop` is set, the
 * response stamped, or the refusal sent. Bodies of the vendor's JSON media types are parsed as JSON.
 *
 * ```ts
 * await app.register(versioning, { offer: { transfers: ["1.0", "1.1", "2.0"] } });
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export const versioning: FastifyPluginCallback<VersioningOptions> = fastifyPlugin(plugin, {
  fastify: ">=4",
  name: "@mojaloop-versioning/negotiate",
});
