import type { Plugin, Request, ResponseObject, ResponseToolkit } from "@hapi/hapi";
import { isList, joined, negotiatorOf, type VersioningOptions } from "./adapter.ts";
import type {
  HeaderFields,
  Negotiation,
  Refusal,
  RegisteredApiVersion,
  RegisteredNegotiated,
} from "./negotiation.ts";
import { createPathVersioner, type PathVersioningOptions } from "./path-version.ts";

declare module "@hapi/hapi" {
  interface RequestApplicationState {
    /** What was negotiated for this request; only requests to resources of the offer have it. */
    fspiop: RegisteredNegotiated;
    /** The version that {@link pathVersioning} read off the path. */
    apiVersion: RegisteredApiVersion;
  }
}

/**
 * A hapi plugin, for 21: `request.app.fspiop` is set, the response stamped, or the refusal sent.
 *
 * ```ts
 * await server.register({ plugin: versioning, options: { offer: { transfers: ["1.0", "1.1", "2.0"] } } });
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export const versioning: Plugin<VersioningOptions> = {
  name: "@mojaloop-versioning/negotiate",
  register(server, options) {
    const { negotiate } = negotiatorOf(options);
    server.ext("onRequest", (request, h) => {
      const outcome = negotiateRequest(negotiate, request);
      if (!outcome.ok) return refuse(h, outcome);
      if (outcome.managed) request.app.fspiop = outcome;
      return h.continue;
    });
    server.ext("onPreResponse", (request, h) => {
      const { fspiop } = request.app as Partial<typeof request.app>; // absent where nothing was negotiated
      if (fspiop) stampOutcome(request.response, fspiop.headers);
      return h.continue;
    });
  },
};

/**
 * A hapi plugin for APIs that do not negotiate: `request.app.apiVersion` is the version that the path says.
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

function refuse(h: ResponseToolkit, { status, headers, body }: Refusal): ResponseObject {
  return stampResponse(h.response(Buffer.from(JSON.stringify(body))).code(status), headers).takeover();
}

// hapi routes by the path it has normalised, or that an extension before this one has set; the target as sent shows disguises.
function negotiateRequest(
  negotiate: (message: { method: string; url: string; headers: readonly string[] }) => Negotiation,
  { raw: { req }, path }: Request,
): Negotiation {
  const { method = "GET", url = "/", rawHeaders: headers } = req;
  const outcome = negotiate({ method, url, headers });
  return outcome.ok && !outcome.managed && path !== url ? negotiate({ method, url: path, headers }) : outcome;
}

function stampOutcome(response: Request["response"], headers: HeaderFields): void {
  if (!("output" in response)) {
    stampResponse(response, headers);
    return;
  }
  const { headers: present } = response.output;
  for (const [name, value] of Object.entries(headers)) {
    present[name] = isList(name) ? joined(value, present[name]) : value;
  }
}

// What a handler has set stays.
function stampResponse(response: ResponseObject, headers: HeaderFields): ResponseObject {
  const present: Readonly<Record<string, unknown>> = response.headers;
  for (const [name, value] of Object.entries(headers)) {
    if (isList(name)) response.header(name, joined(value, present[name]));
    else if (present[name] === undefined) response.header(name, value);
  }
  return response;
}
