import { createHandlerChoice, type VersionKey, type VersionOfKey } from "./adapters/handlers-by-version.ts";
import { finalContentType, isListField, withMember } from "./adapters/stamp.ts";
import { negotiatorOf, type VersioningOptions } from "./adapters/versioning-options.ts";
import { createFspiopHeadersCheck, type FspiopHeadersOptions } from "./core/fspiop-headers.ts";
import type { HeaderFields, HttpRefusal, Negotiated, Negotiation, Unmanaged } from "./core/negotiation.ts";
import type { Offer } from "./options/offer.ts";
import { DEFAULT_RESOURCES } from "./options/protocol-versions.ts";

/** A handler of the Fetch API with the agreement about its request; further arguments are those of the platform. */
export type FetchHandler<N, A extends readonly unknown[]> = (
  request: Request,
  fspiop: N | undefined,
  ...rest: A
) => Response | Promise<Response>;

/**
 * Wraps a handler of the Fetch API (Hono, Next.js, Workers, Deno, Bun): `fspiop` is the agreement, `undefined` for paths of no
 * resource in the offer; the response is stamped, or is the refusal.
 *
 * ```ts
 * export default { fetch: versioning({ offer: { quotes: ["1.0", "1.1"] } }, (request, fspiop) => new Response(null, { status: 202 })) };
 * ```
 * @throws VersioningError `invalid-option` that names the option's path
 */
export function versioning<
  const O extends Offer,
  const C extends Offer = O,
  A extends readonly unknown[] = readonly [],
>(
  options: VersioningOptions<O, C>,
  handler: FetchHandler<Negotiated<O, C>, A>,
): (request: Request, ...rest: A) => Promise<Response> {
  const negotiator = negotiatorOf(options);
  return async (request, ...rest) => {
    const outcome: Negotiation = negotiator.negotiate(messageOf(request));
    if (!outcome.ok) return refuse(outcome);
    const fspiop = outcome.managed ? (outcome as Negotiated<O, C>) : undefined; // of this negotiator's offer
    return stampResponse(await handler(request, fspiop, ...rest), outcome);
  };
}

/**
 * Makes a check of `FSPIOP-Source`, `FSPIOP-Proxy`, `Date` and `Content-Length`: it returns the refusal, or `undefined`. A platform
 * that hides `Date` or `Content-Length` from handlers needs `date: "optional"`.
 * @throws VersioningError `invalid-option` that names the option's path
 */
export function fspiopHeaders(
  options: FspiopHeadersOptions = {},
): (request: Request) => Response | undefined {
  const check = createFspiopHeadersCheck(options, DEFAULT_RESOURCES);
  return (request) => {
    const refused = check(messageOf(request));
    return refused && refuse(refused);
  };
}

/**
 * Makes one handler from several, chosen by the version of the body: `byVersion({ "1.0": a, "1.1+": b })`.
 * @throws VersioningError `invalid-option` for wrong keys
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- K gives each handler the type of its key
export function byVersion<const K extends VersionKey>(handlers: {
  readonly [P in K]: (
    request: Request,
    fspiop: Negotiated & { readonly content: VersionOfKey<P> },
  ) => Response | Promise<Response>;
}): (request: Request, fspiop: Negotiated) => Response | Promise<Response> {
  const choose =
    createHandlerChoice<(request: Request, fspiop: never) => Response | Promise<Response>>(handlers);
  // The chosen handler is the one for this version.
  return (request, fspiop) => choose(fspiop.content)(request, fspiop as never);
}

function messageOf({ method, url, headers }: Request): {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
} {
  return { method, url, headers: Array.from(headers) };
}

function refuse({ status, headers, body }: HttpRefusal): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

async function stampResponse(response: Response, { headers }: Negotiated | Unmanaged): Promise<Response> {
  if (!headers || Object.keys(headers).length === 0) return response;
  const stamped = headers["content-type"];
  // Only an error body is read, to see whether it is FSPIOP's.
  const error = response.status >= 400 ? await response.text() : undefined;
  const copy = new Response(error ?? response.body, response);
  addFields(copy.headers, headers);
  if (stamped !== undefined) {
    const present = copy.headers.get("content-type");
    const isDefault = present === null || DEFAULT_TYPES.includes(present.toLowerCase());
    const type = finalContentType(stamped, isDefault ? stamped : present, {
      status: response.status,
      body: error,
    });
    if (typeof type === "string") copy.headers.set("content-type", type);
  }
  return copy;
}

// The types that `Response.json` and a text body get without the handler's choice.
const DEFAULT_TYPES: readonly string[] = ["application/json", "text/plain;charset=utf-8"];

function addFields(target: Headers, headers: HeaderFields): void {
  for (const [name, value] of Object.entries(headers)) {
    if (isListField(name)) target.set(name, withMember(value, target.get(name) ?? undefined));
    else if (name !== "content-type") target.set(name, value);
  }
}
