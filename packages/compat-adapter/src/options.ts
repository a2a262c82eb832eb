import type { IncomingMessage } from "node:http";
import type { Version } from "@mojaloop-versioning/protocol";
import type { ConversionContext, IdMap, Registry } from "@mojaloop-versioning/transform";
import type { Logger } from "pino";
import type { MessageEvent } from "./message-event.ts";
import type { Api } from "@mojaloop-versioning/types";
import type { SpokenApi } from "./api.ts";
import type { SigningOptions } from "./signer.ts";
import type { AdapterStore } from "./store.ts";
import type { ClientTls, ServerTls } from "./tls.ts";

/** Which way a request came: from a DFSP, from the hub, or from whoever looks after the adapter. */
export type Side = "participants" | "hub" | "operations";

/** What happens to a signed message that must change (Signature 1.1, section 2). */
export type SignaturePolicy = "refuse" | "resign" | "strip";

/** A DFSP behind the adapter. */
export interface ParticipantOptions {
  /** Base URL to which its messages go; a path in it stands before that of the API. */
  readonly url: string;
  /** The FSPIOP API version that it speaks. Absent: what it was last heard speaking, else the scheme's. */
  readonly version?: Version;
  /** Resources that it speaks at another version than its API's. */
  readonly resources?: Readonly<Record<string, Version>>;
  readonly jws?: SignaturePolicy;
  readonly tls?: ClientTls;
}

/** How a {@link CompatAdapter} is made. */
export interface CompatAdapterOptions {
  readonly hub: {
    readonly url: string;
    /** The one FSPIOP API version that the hub speaks, or an API object of `@mojaloop-versioning/types`, such as a proposal's. */
    readonly version: Version | Api;
    /** The hub's name as FSPIOP-Source and FSPIOP-Destination; "hub" by default. */
    readonly fspId?: string;
    readonly tls?: ClientTls;
  };
  /** By FSP id. Nobody else is let in or written to. */
  readonly participants: Readonly<Record<string, ParticipantOptions>>;
  /** The FSPIOP API version of a participant of which nothing is known; the hub's by default. */
  readonly schemeVersion?: Version;
  /** For participants that name no policy of their own; "refuse" by default. */
  readonly jws?: SignaturePolicy;
  /** The key for the policy "resign". */
  readonly signing?: SigningOptions;
  /**
   * Says which FSP a connection belongs to (a header that the gateway sets, the name in the client's certificate). Its FSPIOP-Source must
   * then be the same.
   */
  readonly identify?: (request: IncomingMessage) => string | undefined;
  /** The changes that it converts by; those of FSPIOP by default. */
  readonly registry?: Registry;
  /** Answers what a change asks of the caller (`quoteId` of a transfer, say). */
  readonly lookup?: ConversionContext["lookup"];
  /**
   * Says ids that an older version does not take in another form. `true`: as a UUID made from the id, whose way back is kept in the
   * store as long as a conversation. Absent or `false`: such an id is refused by name.
   */
  readonly ids?: IdMap | boolean;
  /**
   * `true`: what an older version cannot say travels in the extension list instead, and what finds no room there is kept in the store as
   * long as a conversation. `false`: nothing is stashed or restored. Absent: each change does as it declares.
   */
  readonly stash?: boolean;
  /** The API versions that are spoken; the published ones of FSPIOP by default. */
  readonly apis?: readonly SpokenApi[];
  readonly store?: AdapterStore;
  readonly limits?: Partial<Limits>;
  /** Where each side listens; 127.0.0.1 and a free port by default. */
  readonly listen?: Readonly<Partial<Record<Side, ListenOptions>>>;
  /** For targets of https that say nothing else. */
  readonly tls?: ClientTls;
  /** Bodies are never logged; without a logger nothing is. */
  readonly logger?: Logger;
  /** Told of every message as it is answered. */
  readonly onMessage?: (event: MessageEvent) => void;
}

/** Where one side listens. */
export interface ListenOptions {
  readonly host?: string;
  readonly port?: number;
  /** Speaks TLS there. A reload may change the key material, but not whether there is any. */
  readonly tls?: ServerTls;
}

/** Bounds on what one message or one participant may take. */
export interface Limits {
  /** Bytes of a body; 5,242,880 by default (API Definition 3.2.1). */
  readonly bodyBytes: number;
  /** Milliseconds until a message must have come whole, its head within a third; 30,000 by default. Taken when the ports open. */
  readonly receiveMs: number;
  /** Milliseconds until the far end must have answered, waiting for a connection and resends included; 10,000 by default. */
  readonly timeoutMs: number;
  /** Messages under way to one target; more are answered 503 with 2003. 1,000 by default. */
  readonly inFlight: number;
  /** Connections to one target; 100 by default. */
  readonly connections: number;
  /** How often a message is sent again, byte for byte, when the connection failed; 2 by default. */
  readonly retries: number;
  /** Milliseconds that a conversation is remembered where its message has no expiration; 900,000 by default. */
  readonly rememberMs: number;
}
