import type { IncomingMessage } from "node:http";
import type { Version } from "@mojaloop-versioning/protocol";
import type { ConversionContext, IdMap, Registry } from "@mojaloop-versioning/transform";
import type { Api } from "@mojaloop-versioning/types";
import type { Logger } from "pino";
import type { SpokenApi } from "../bodies/spoken-api.ts";
import type { ValidationMode } from "../bodies/validate-body.ts";
import type { AdapterStore } from "../conversations/store.ts";
import type { MessageEvent } from "../message/message-event.ts";
import type { MessageSide } from "../message/message-in-flight.ts";
import type { Limits } from "../message/routing.ts";
import type { ListenOptions } from "../server/listener.ts";
import type { ClientTls } from "../server/tls.ts";
import type { SignaturePolicy } from "../signatures/signature-policy.ts";
import type { SigningOptions } from "../signatures/signer.ts";

/** A side of the adapter, each with its own port: for DFSPs, for the hub, for operators. */
export type Side = MessageSide | "operations";

/** A DFSP behind the adapter. */
export interface ParticipantOptions {
  /** Base URL of the DFSP; its path is prepended to that of each message. */
  readonly url: string;
  /** The FSPIOP API version that it supports. Absent: the one that it used last, else the scheme's. */
  readonly version?: Version;
  /** Resources whose version differs from that of its API. */
  readonly resources?: Readonly<Record<string, Version>>;
  readonly jws?: SignaturePolicy;
  readonly tls?: ClientTls;
}

/** Options of {@link createCompatAdapter}. */
export interface CompatAdapterOptions {
  readonly hub: {
    readonly url: string;
    /** The FSPIOP API version of the hub, or an API object of `@mojaloop-versioning/types`, such as a proposal's. */
    readonly version: Version | Api;
    /** The hub's name as FSPIOP-Source and FSPIOP-Destination; "hub" by default. */
    readonly fspId?: string;
    readonly tls?: ClientTls;
  };
  /** By FSP id. Messages from and to other FSP ids are refused. */
  readonly participants: Readonly<Record<string, ParticipantOptions>>;
  /** The FSPIOP API version of participants without a known version; the hub's by default. */
  readonly schemeVersion?: Version;
  /** For participants without a policy of their own; "refuse" by default. */
  readonly jws?: SignaturePolicy;
  /** The key for the policy "resign". */
  readonly signing?: SigningOptions;
  /**
   * Returns the FSP id that a connection belongs to (a header that the gateway sets, the name in the client's certificate). FSPIOP-Source
   * must then be the same.
   */
  readonly identify?: (request: IncomingMessage) => string | undefined;
  /** The changes to convert by; those of FSPIOP by default. */
  readonly registry?: Registry;
  /** Returns values that a change asks for (`quoteId` of a transfer, for example). */
  readonly lookup?: ConversionContext["lookup"];
  /** Which bodies are validated, and by which rules; "deployed" by default. */
  readonly validation?: ValidationMode;
  /**
   * Replaces ids that are not valid in an older version. `true`: by a UUID made from the id, which the store maps back as long as it
   * keeps a conversation. Absent or `false`: as
   * `validation` says: refused if "strict", else passed unchanged.
   */
  readonly ids?: IdMap | boolean;
  /**
   * `true`: members without an equivalent in an older version travel in the extension list, and what finds no room there is kept in the
   * store as long as a conversation. `false`: nothing is stashed or restored. Absent: as each change declares.
   */
  readonly stash?: boolean;
  /** The supported API versions; the published ones of FSPIOP by default. */
  readonly apis?: readonly SpokenApi[];
  readonly store?: AdapterStore;
  readonly limits?: Partial<Limits>;
  /** Where each side listens; 127.0.0.1 and a free port by default. */
  readonly listen?: Readonly<Partial<Record<Side, ListenOptions>>>;
  /** For https targets without a `tls` of their own. */
  readonly tls?: ClientTls;
  /** Bodies are never logged, and personal data only at the level "debug". Without a logger nothing is logged. */
  readonly logger?: Logger;
  /** Key of the hashes that replace request targets in log lines; random for each start by default. */
  readonly logHashKey?: string;
  /** Called for each message when it is answered. */
  readonly onMessage?: (event: MessageEvent) => void;
}
