import type { Dialect, ErrorBody, ErrorCode, Version } from "@mojaloop-versioning/protocol";
import type { Offer, ResourceOf, VersionOf } from "./offer.ts";

/** Header fields in lower case with their values, to put on a response or a request. */
export type HeaderFields = Readonly<Record<string, string>>;

/** What was agreed for one message of one resource. */
export interface Agreement<R extends string, A extends Version, C extends Version> {
  readonly ok: true;
  readonly managed: true;
  readonly resource: R;
  /** The version that the callback will have; absent on PUT and PATCH, which have none (API Definition 3.2.1, Table 1). */
  readonly accept?: A;
  /** The version of the body that was sent. */
  readonly content: C;
  readonly dialect: Dialect;
  /** The FSP id of `FSPIOP-Source`. */
  readonly source?: string;
  /** The `Content-Type` for the callback; absent where `accept` is. */
  readonly callbackContentType?: string;
  /** What the response must bear: `content-type`, `vary`, and the deprecation headers. */
  readonly headers: HeaderFields;
}

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

/** A message to no managed resource: nothing was negotiated, let it pass. */
export interface Unmanaged {
  readonly ok: true;
  readonly managed: false;
}

/** A refusal, ready to send: the body is an FSPIOP error. */
export interface Refusal {
  readonly ok: false;
  readonly status: number;
  readonly errorCode: ErrorCode;
  readonly body: ErrorBody;
  readonly headers: HeaderFields;
}

/** The outcome for one message. */
export type Negotiation<O extends Offer = Offer, C extends Offer = O> =
  Negotiated<O, C> | Unmanaged | Refusal;

/**
 * Augment this interface to type `req.fspiop` by your own offer, and `req.apiVersion` by your own versions:
 * `declare module "@mojaloop-versioning/negotiate" { interface Register { offer: typeof offer } }`. Members that count: `offer`,
 * `content`, `apiVersion`.
 */
export interface Register {
  /** Not used; an interface needs a member. */
  readonly augmented?: true;
}

type Registered<Name extends string> = Register extends Record<Name, infer O extends Offer> ? O : undefined;

/** What `req.fspiop` is: typed by the offer, and the content list if there is one, of {@link Register}. */
export type RegisteredNegotiated =
  Registered<"offer"> extends infer O extends Offer
    ? Negotiated<O, Registered<"content"> extends infer C extends Offer ? C : O>
    : Negotiated;

/** What `req.apiVersion` is: the `apiVersion` member of {@link Register}, or any version. */
export type RegisteredApiVersion =
  Register extends Record<"apiVersion", infer V extends Version> ? V : Version;
