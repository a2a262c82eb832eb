export { offerOf, type ApiVersion, type OfferOf } from "./api-offer.ts";
export {
  createCallbackContext,
  formatCallbackContext,
  parseCallbackContext,
  type CallbackAgreement,
  type CallbackContext,
  type ParsedCallbackContext,
} from "./callback-context.ts";
export { type Deprecation } from "./deprecation.ts";
export { type NegotiationEvent, type NegotiationOutcome } from "./event.ts";
export { type Message, type MessageHeaders } from "./message.ts";
export {
  type Agreement,
  type HeaderFields,
  type Negotiated,
  type Negotiation,
  type Refusal,
  type Register,
  type RegisteredApiVersion,
  type RegisteredNegotiated,
  type Unmanaged,
} from "./negotiation.ts";
export { createNegotiator, type Negotiator } from "./negotiator.ts";
export { type Offer, type OfferedVersion, type ResourceOf, type VersionOf } from "./offer.ts";
export { type NegotiatorOptions } from "./options.ts";
export {
  callbackHeaders,
  errorCallbackHeaders,
  requestHeaders,
  type Envelope,
  type RequestVersions,
} from "./outgoing-headers.ts";
export {
  createParticipantVersions,
  type LearnableAgreement,
  type LearnedVersions,
  type ParticipantVersions,
  type ParticipantVersionsOptions,
} from "./participant-versions.ts";
export { createPathVersioner, type PathVersion, type PathVersioningOptions } from "./path-version.ts";
export {
  fromProtocolVersions,
  type ProtocolVersionList,
  type ProtocolVersionOptions,
  type ProtocolVersions,
} from "./protocol-versions.ts";
