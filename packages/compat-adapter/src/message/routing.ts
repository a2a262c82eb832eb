import type { IncomingMessage } from "node:http";
import type { Negotiator } from "@mojaloop-versioning/negotiate";
import type { OperationMatch, Version } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import type { ConversionSettings } from "../bodies/convert-body.ts";
import type { BodyValidator, ValidationMode } from "../bodies/validate-body.ts";
import type { AdapterStore } from "../conversations/store.ts";
import type { DeliveryLimits, DeliveryTarget } from "../delivery/target.ts";
import type { SignaturePolicy } from "../signatures/signature-policy.ts";
import type { Signer } from "../signatures/signer.ts";
import type { MessageSide } from "./message-in-flight.ts";

/** A configured participant, with the connections to it. */
export interface Participant {
  readonly fspId: string;
  readonly target: DeliveryTarget;
  /** The version of each resource in the configuration. */
  readonly configured: Readonly<Record<string, Version>> | undefined;
  readonly jws: SignaturePolicy;
}

/** Bounds on what one message or one participant may use. */
export interface Limits extends DeliveryLimits {
  /** Bytes of a body; 5,242,880 by default (API Definition 3.2.1). */
  readonly bodyBytes: number;
  /** Milliseconds for which a conversation is kept if its message has no expiration; 900,000 by default. */
  readonly rememberMs: number;
}

/** The options, compiled for the look-ups of one message. */
export interface Routing {
  readonly limits: Limits;
  readonly hub: { readonly fspId: string; readonly target: DeliveryTarget; readonly api: Api };
  readonly scheme: Api;
  readonly participants: ReadonlyMap<string, Participant>;
  readonly negotiators: Readonly<Record<MessageSide, Pick<Negotiator, "negotiate">>>;
  readonly match: (method: string, path: string) => OperationMatch | undefined;
  readonly identify: ((request: IncomingMessage) => string | undefined) | undefined;
  readonly conversion: ConversionSettings;
  readonly validation: ValidationMode;
  readonly validate: BodyValidator;
  readonly signer: Signer | undefined;
  readonly close: () => Promise<void>;
}

/** What every stage of the pipeline works with. */
export interface PipelineContext {
  readonly routing: Routing;
  readonly store: AdapterStore;
}
