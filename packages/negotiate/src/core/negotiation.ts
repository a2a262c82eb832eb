import type { Dialect, ErrorBody, ErrorCode, Version } from "@mojaloop-versioning/protocol";
import type { Offer, ResourceOf, VersionOf } from "../options/offer.ts";

/** Header fields in lower case with their values, to put on a response or a request. */
export type HeaderFields = Readonly<Record<string, string>>;

interface Agreed<R extends string, C extends Version> {
  readonly ok: true;
  readonly managed: true;
  readonly resource: R;
  /** The version of the body, from Content-Type. */
  readonly content: C;
  readonly dialect: Dialect;
  /** The FSP id of `FSPIOP-Source`. */
  readonly source?: string;
  /** The header fields of the response: `content-type`, `vary`, deprecation headers. Empty in the mode `"observe"`. */
  readonly headers: HeaderFields;
}

/** The agreement about a request (GET, POST, DELETE), which a callback answers. */
export interface AgreedRequest<
  R extends string = string,
  A extends Version = Version,
  C extends Version = Version,
> extends Agreed<R, C> {
  readonly kind: "request";
  /** The version of the callback, from Accept. */
  readonly accept: A;
  /** The `Content-Type` of the callback. */
  readonly callbackContentType: string;
}

/** The agreement about a PUT or PATCH, which has no Accept (API Definition 3.2.1, Table 1). */
export interface AgreedCallback<R extends string = string, C extends Version = Version> extends Agreed<R, C> {
  readonly kind: "callback" | "errorCallback" | "notification";
  readonly accept?: undefined;
  readonly callbackContentType?: undefined;
}

/** The agreement about one message of one resource; `kind` tells a request from a callback. */
export type Agreement<R extends string, A extends Version, C extends Version> =
  AgreedRequest<R, A, C> | AgreedCallback<R, C>;

/**
 * An agreement about any resource of the offer, a union by resource: where the offer is `as const`, `accept` and `content` are
 * literal unions and comparing them narrows.
 */
export type Negotiated<O extends Offer = Offer, C extends Offer = O> = {
  [R in ResourceOf<O> | ResourceOf<C>]: Agreement<R, VersionOf<O, R>, Readable<O, C, R>>;
}[ResourceOf<O> | ResourceOf<C>];

type Readable<O extends Offer, C extends Offer, R extends string> = R extends keyof C
  ? VersionOf<C, R>
  : VersionOf<O, R>;

/** A message about which nothing was agreed and which passes. */
export interface Unmanaged {
  readonly ok: true;
  readonly managed: false;
  /** The header fields of the response to OPTIONS, where the option `advertise` is set. */
  readonly headers?: HeaderFields;
  /** The refusal that the mode `"observe"` did not send. */
  readonly observed?: HttpRefusal;
}

/** A refusal, ready to send as an HTTP response: the body is an FSPIOP error. */
export interface HttpRefusal {
  readonly ok: false;
  readonly status: number;
  readonly errorCode: ErrorCode;
  readonly body: ErrorBody;
  readonly headers: HeaderFields;
}

/** The outcome for one message. */
export type Negotiation<O extends Offer = Offer, C extends Offer = O> =
  Negotiated<O, C> | Unmanaged | HttpRefusal;

/**
 * Augment this interface to type `req.fspiop` by your own offer, and `req.apiVersion` by your own versions:
 * `declare module "@mojaloop-versioning/negotiate" { interface Register { offer: typeof offer } }`. It reads the members `offer`,
 * `content` and `apiVersion`.
 */
export interface Register {
  /** Not used; an interface needs a member. */
  readonly augmented?: true;
}

type Registered<Name extends string> = Register extends Record<Name, infer O extends Offer> ? O : undefined;

/** The type of `req.fspiop`: by the offer of {@link Register} and, if there is one, its content list. */
export type RegisteredNegotiated =
  Registered<"offer"> extends infer O extends Offer
    ? Negotiated<O, Registered<"content"> extends infer C extends Offer ? C : O>
    : Negotiated;

/** The type of a request's agreement, by {@link Register}. */
export type RegisteredRequest = Extract<RegisteredNegotiated, { readonly kind: "request" }>;

/** The type of `req.apiVersion`: the `apiVersion` member of {@link Register}, or any version. */
export type RegisteredApiVersion =
  Register extends Record<"apiVersion", infer V extends Version> ? V : Version;
