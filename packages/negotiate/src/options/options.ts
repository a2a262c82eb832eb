import {
  isFspId,
  VersioningError,
  type Dialect,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { NegotiationEvent } from "../core/event.ts";
import type { HeaderFields } from "../core/negotiation.ts";
import { readDeprecations, readOperations } from "./by-resource.ts";
import type { Deprecation } from "./deprecation.ts";
import { checkNames, invalidOption, readBasePath, readChoice, showValue } from "./invalid-option.ts";
import { readOffer, type Offer, type OfferedVersion } from "./offer.ts";

/** What a service supports, and how it decides where the specification is silent. */
export interface NegotiatorOptions<O extends Offer = Offer, C extends Offer = O> {
  /** Resource → versions of the callbacks that this service can send; compared with Accept. */
  readonly offer: O;
  /** Resource → versions of the bodies that this service can read; compared with Content-Type. Default: the offer. */
  readonly content?: C;
  /** Operation → the versions that have it, where they are fewer than the resource's: `"PATCH /transfers/{ID}": ["1.1"]`. */
  readonly operations?: Readonly<Record<Operation, readonly OfferedVersion[]>>;
  /** FSP id of `FSPIOP-Source` → what this participant is offered instead, for the resources named. */
  readonly participants?: Readonly<Record<string, ParticipantOffer>>;
  /** The dialect of the media types. Default `"fspiop"`. */
  readonly dialect?: Dialect;
  /** The path before the resource: `"/fspiop"`. Default: none. */
  readonly basePath?: string;
  /** `"observe"`: judge and report every message, refuse and stamp none. Default `"enforce"`. */
  readonly mode?: "enforce" | "observe";
  /** Resource → version → since when it is deprecated, until when it works, and where to read more. */
  readonly deprecations?: Readonly<Record<string, Readonly<Record<string, Deprecation>>>>;
  /** Whether answers, those to OPTIONS too, list the supported and the deprecated versions. Default `false`. */
  readonly advertise?: boolean;
  /** Whether ranges of any type, such as `application/*`, match the latest version. Default `"accept"`. */
  readonly wildcard?: "accept" | "reject";
  /** Whether an Accept on PUT and PATCH, where it has no meaning, is ignored or judged as on a request. Default `"ignore"`. */
  readonly callbackAccept?: "ignore" | "reject";
  /** Whether the client's order or the newest version decides between equal weights. Default `"client"`. */
  readonly prefer?: "client" | "server";
  /** Whether GET and DELETE, which have no body, need a Content-Type, as the OpenAPI documents say. Default `"require"`. */
  readonly bodylessContentType?: "require" | "optional";
  /** Answer, and describe errors, as central-services-shared does where the specification is silent. Default `false`. */
  readonly legacyStatus?: boolean;
  /** Called with each outcome. An error that it throws becomes a process warning. */
  readonly onNegotiation?: (event: NegotiationEvent) => void;
  /** Whether paths of no resource in the offer pass or are answered 404 with error 3002. Default `"pass"`. */
  readonly unmanaged?: "pass" | "refuse";
}

/** The versions for one participant; resources that are not named keep the general ones. */
export interface ParticipantOffer {
  readonly offer?: Offer;
  /** Default: the participant's offer. */
  readonly content?: Offer;
}

/** Which versions a resource has: for callbacks and for bodies. */
export interface Offers {
  readonly offer: ReadonlyMap<string, readonly Version[]>;
  readonly content: ReadonlyMap<string, readonly Version[]>;
}

/** Options, checked and with their defaults. */
export interface Settings extends Offers {
  /** Resource → operation → versions. */
  readonly operations: ReadonlyMap<string, ReadonlyMap<Operation, readonly Version[]>>;
  readonly participants: ReadonlyMap<string, Offers>;
  readonly dialect: Dialect;
  readonly basePath: string;
  readonly observes: boolean;
  /** Resource → version → header fields. */
  readonly deprecations: ReadonlyMap<string, ReadonlyMap<string, HeaderFields>>;
  readonly advertises: boolean;
  readonly wildcard: boolean;
  readonly judgesCallbackAccept: boolean;
  readonly serverPrefers: boolean;
  readonly needsBodylessContentType: boolean;
  readonly legacyStatus: boolean;
  readonly onNegotiation: ((event: NegotiationEvent) => void) | undefined;
  readonly refusesUnmanaged: boolean;
}

const NAMES: readonly (keyof NegotiatorOptions)[] = [
  "offer",
  "content",
  "operations",
  "participants",
  "dialect",
  "basePath",
  "mode",
  "deprecations",
  "advertise",
  "wildcard",
  "callbackAccept",
  "prefer",
  "bodylessContentType",
  "legacyStatus",
  "onNegotiation",
  "unmanaged",
];

/**
 * Checks options and fills in the defaults.
 * @throws VersioningError `invalid-option` that names the option's path and says what would be right
 */
export function readOptions(options: NegotiatorOptions): Settings {
  if (typeof (options as unknown) !== "object" || (options as unknown) === null) {
    // JavaScript callers may pass anything.
    throw new VersioningError(
      "invalid-option",
      `options are ${showValue(options)}; pass { offer: { transfers: ["1.0", "1.1"] } }`,
    );
  }
  checkNames(options, NAMES);
  const offers = readOffers(options);
  const legacyStatus = readChoice(options.legacyStatus, "legacyStatus", [false, true]);
  if (options.onNegotiation !== undefined && typeof (options.onNegotiation as unknown) !== "function") {
    throw invalidOption("onNegotiation", options.onNegotiation, "pass a function that takes an event");
  }
  return {
    ...offers,
    operations: readOperations(options.operations, offers),
    participants: readParticipants(options.participants, offers),
    dialect: readChoice(options.dialect, "dialect", ["fspiop", "iso20022"]),
    basePath: readBasePath(options.basePath),
    observes: readChoice(options.mode, "mode", ["enforce", "observe"]) === "observe",
    deprecations: readDeprecations(options.deprecations, offers),
    advertises: readChoice(options.advertise, "advertise", [false, true]),
    wildcard: readChoice(options.wildcard, "wildcard", ["accept", "reject"]) === "accept" && !legacyStatus,
    judgesCallbackAccept:
      readChoice(options.callbackAccept, "callbackAccept", ["ignore", "reject"]) === "reject" || legacyStatus,
    serverPrefers: readChoice(options.prefer, "prefer", ["client", "server"]) === "server",
    needsBodylessContentType:
      readChoice(options.bodylessContentType, "bodylessContentType", ["require", "optional"]) === "require",
    legacyStatus,
    onNegotiation: options.onNegotiation,
    refusesUnmanaged: readChoice(options.unmanaged, "unmanaged", ["pass", "refuse"]) === "refuse",
  };
}

function readOffers(options: NegotiatorOptions): Offers {
  const offer = readOffer(options.offer, "offer");
  const content =
    options.content === undefined
      ? new Map<string, readonly Version[]>()
      : readOffer(options.content, "content");
  if (offer.size > 0 || content.size > 0) return { offer, content };
  throw invalidOption("offer", {}, 'name at least one resource, like { transfers: ["1.1"] }');
}

function readParticipants(
  given: NegotiatorOptions["participants"],
  general: Offers,
): Settings["participants"] {
  if (given !== undefined && (typeof (given as unknown) !== "object" || (given as unknown) === null)) {
    throw invalidOption("participants", given, "write FSP ids with their offers");
  }
  return new Map(
    Object.entries(given ?? {}).map(([fspId, own]) => {
      const path = `participants.${fspId}`;
      if (!isFspId(fspId)) throw invalidOption("a key of participants", fspId, "write an FSP id");
      if (typeof (own as unknown) !== "object" || (own as unknown) === null) {
        throw invalidOption(path, own, 'write an offer, like { offer: { transfers: ["1.0"] } }');
      }
      checkNames(own, ["offer", "content"], path);
      const offer = readOffer(own.offer ?? {}, `${path}.offer`);
      const content = readOffer(own.content ?? own.offer ?? {}, `${path}.content`);
      return [
        fspId,
        { offer: new Map([...general.offer, ...offer]), content: new Map([...general.content, ...content]) },
      ];
    }),
  );
}
