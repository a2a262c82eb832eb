export {
  createCallbackContext,
  formatCallbackContext,
  parseCallbackContext,
  type AgreedVersions,
  type CallbackContext,
  type ParsedCallbackContext,
} from "./callbacks/callback-context.ts";
export {
  callbackHeaders,
  requestHeaders,
  type Envelope,
  type RequestVersions,
} from "./callbacks/outgoing-headers.ts";
export {
  createParticipantVersions,
  type LearnableAgreement,
  type LearnedVersions,
  type ParticipantVersions,
  type ParticipantVersionsOptions,
} from "./callbacks/participant-versions.ts";
export { combineDialects } from "./core/combined.ts";
export { type NegotiationEvent, type NegotiationOutcome } from "./core/event.ts";
export { type FspiopHeadersEvent, type FspiopHeadersOptions } from "./core/fspiop-headers.ts";
export { type Message, type MessageHeaders } from "./core/message.ts";
export {
  type AgreedCallback,
  type AgreedRequest,
  type Agreement,
  type HeaderFields,
  type HttpRefusal,
  type Negotiated,
  type Negotiation,
  type Register,
  type RegisteredApiVersion,
  type RegisteredNegotiated,
  type RegisteredRequest,
  type Unmanaged,
} from "./core/negotiation.ts";
export { createNegotiator, type AnyNegotiator, type Negotiator } from "./core/negotiator.ts";
export { offerOf, type ApiVersion, type OfferOf } from "./options/api-offer.ts";
export { type Deprecation } from "./options/deprecation.ts";
export {
  parseOffer,
  type Offer,
  type OfferedVersion,
  type ResourceOf,
  type VersionOf,
} from "./options/offer.ts";
export { type NegotiatorOptions, type ParticipantOffer } from "./options/options.ts";
export {
  fromProtocolVersions,
  type ProtocolVersionList,
  type ProtocolVersionOptions,
  type ProtocolVersions,
} from "./options/protocol-versions.ts";
export { createPathVersioner, type PathVersion, type PathVersioningOptions } from "./paths/path-version.ts";
