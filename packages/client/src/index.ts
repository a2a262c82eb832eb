export type {
  BodyOf,
  CallbackOf,
  CallbackOperation,
  Method,
  OperationOf,
  ParamsFor,
  RequestOperation,
} from "./api/api-shape.ts";
export type { ExchangeOptions, Exchanges } from "./api/exchange-table.ts";
export type { Callback } from "./callbacks/callback.ts";
export type { MessageHandler } from "./callbacks/message-handler.ts";
export { createClient, type Client, type MessageOptions, type SendMethod } from "./client.ts";
export type { ClientOptions, Clock, Validate } from "./options.ts";
export type { Authorization } from "./send/authorization.ts";
export type { FetchRequest } from "./send/http-fetch.ts";
export type { ClientHeaders, MessageSummary } from "./send/message-headers.ts";
export type { ExchangeResult, FspiopError, SendFailure, SendResult } from "./api/outcome.ts";
export type { RetryPolicy } from "./send/retry.ts";
export {
  forVersion,
  type RequestAnswer,
  type RequestHandler,
  type RequestHandlers,
  type ServedRequest,
  type VersionHandlers,
} from "./server/request-handlers.ts";
export type { Sign, SignedMessage, UnsignedMessage, Verify } from "./signatures/message-signature.ts";
