import type { Operation } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";

/** The HTTP methods of FSPIOP, Settlement and Admin. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type Paths<A extends Api> = NonNullable<A["types"]>["paths"];

/** Operation to the type of its body, for one API version. */
export type Bodies<A extends Api> = NonNullable<A["types"]>["bodies"];

/** The operations of an API version: `"POST /transfers"`. */
export type OperationOf<A extends Api> = keyof A["operations"] & Operation;

/** The path templates that an API version has for a method. */
export type PathOf<A extends Api, M extends Method> =
  OperationOf<A> extends infer O ? (O extends `${M} ${infer P}` ? P : never) : never;

/** The type of an operation's body; `undefined` where it has none. */
export type BodyOf<A extends Api, O> = O extends keyof Bodies<A> ? Bodies<A>[O] : undefined;

/** The names of a template's parameters: `"Type" | "ID"` of `/parties/{Type}/{ID}`. */
export type ParamName<Template> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamName<Rest>
  : never;

/** Values for a template's parameters, not yet escaped. */
export type ParamsFor<Template> = { readonly [Name in ParamName<Template>]: string | number };

/** The operations that a client receives: callbacks, error callbacks and notifications. */
export type CallbackOperation<A extends Api> = Extract<OperationOf<A>, `PUT ${string}` | `PATCH ${string}`>;

/** The requests of FSPIOP: each is answered by a callback. */
export type RequestOperation<A extends Api> = Exclude<OperationOf<A>, CallbackOperation<A>>;

/** The operation that answers a request (API Definition 6.2 to 6.9; `callbackPathOf` of protocol is the same for values). */
export type CallbackOf<O> = O extends `POST /${infer Path}`
  ? Path extends `${string}/${string}`
    ? `PUT /${Path}`
    : `PUT /${Path}/{ID}`
  : O extends `${string} /${infer Path}`
    ? `PUT /${Path}`
    : never;

type Endpoint<A extends Api, M extends Method, P> = P extends keyof Paths<A>
  ? Paths<A>[P] extends infer Item
    ? Lowercase<M> extends keyof Item
      ? Item[Lowercase<M>]
      : never
    : never
  : never;

/** The type of an operation's query; `undefined` where the document has none. */
export type QueryOf<A extends Api, M extends Method, P> =
  Endpoint<A, M, P> extends { parameters: { query?: infer Query } } ? Query : undefined;

/** The type of the body of an operation's 2xx response; `undefined` where it has none, as everywhere in FSPIOP. */
export type DataOf<A extends Api, M extends Method, P> =
  Endpoint<A, M, P> extends { responses: infer Responses }
    ? Responses[keyof Responses & (200 | 201 | 202 | 204)] extends infer Response
      ? Response extends { content: Readonly<Record<string, infer Data>> }
        ? Data
        : undefined
      : never
    : undefined;
