export type { BodyOf, CallbackOf, CallbackOperation, Method, OperationOf, ParamsFor } from "./api-shape.ts";
export type { Callback } from "./callback.ts";
export type { CallbackHandler } from "./callback-handler.ts";
export { createClient, type Client, type MessageOptions, type SendMethod } from "./client.ts";
export type { ExchangeOptions, Exchanges } from "./exchange-table.ts";
export type { ClientOptions, Clock, Validate } from "./options.ts";
export type { Answer, Failure, FspiopError, Result } from "./outcome.ts";
export type { Sign, SignedMessage, UnsignedMessage, Verify } from "./signature.ts";
