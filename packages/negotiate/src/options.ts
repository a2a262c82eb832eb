import { VersioningError, type Dialect, type Version } from "@mojaloop-versioning/protocol";
import { deprecationHeaders, type Deprecation } from "./deprecation.ts";
import type { NegotiationEvent } from "./event.ts";
import type { HeaderFields } from "./negotiation.ts";
import { describe, readOffer, readVersion, type Offer } from "./offer.ts";

/** What a service supports, and how it decides where the specification is silent. */
export interface NegotiatorOptions<O extends Offer = Offer, C extends Offer = O> {
  /** Resource → versions that this service can speak back; judged against Accept. */
  readonly offer: O;
  /** Resource → versions that this service can read; judged against Content-Type. Default: the offer. */
  readonly content?: C;
  /** The infix of the media types. Default `"fspiop"`, which has none. */
  readonly dialect?: Dialect;
  /** What stands in the path before the resource: `"/fspiop"`. Default: nothing. */
  readonly basePath?: string;
  /** Resource → version → since when it is deprecated, until when it works, and where to read more. */
  readonly deprecations?: Readonly<Record<string, Readonly<Record<string, Deprecation>>>>;
  /** Whether ranges of no resource, `application/*` and the like, match the latest version. Default `"accept"`. */
  readonly wildcard?: "accept" | "reject";
  /** What an Accept on PUT and PATCH does, where it has no meaning: nothing, or it is judged as on a request. Default `"ignore"`. */
  readonly callbackAccept?: "ignore" | "reject";
  /** Whether equally weighted versions go by the client's order or to the newest. Default `"client"`. */
  readonly prefer?: "client" | "server";
  /** Whether GET and DELETE, which have no body, need a Content-Type, as the OpenAPI documents say. Default `"require"`. */
  readonly bodylessContentType?: "require" | "optional";
  /** Answer as central-services-shared does where the spec is silent: 400 for foreign types and wildcards, Accept on PUT judged. */
  readonly legacyStatus?: boolean;
  /** Called with each outcome; its own errors are reported as process warnings and change nothing. */
  readonly onNegotiation?: (event: NegotiationEvent) => void;
  /** What a path of no managed resource does: pass on, or 404 with error 3002. Default `"pass"`. */
  readonly unmanaged?: "pass" | "refuse";
}

/** Options, checked and with their defaults. */
export interface Settings {
  readonly offer: ReadonlyMap<string, readonly Version[]>;
  readonly content: ReadonlyMap<string, readonly Version[]>;
  readonly dialect: Dialect;
  readonly basePath: string;
  /** Resource → version → header fields. */
  readonly deprecations: ReadonlyMap<string, ReadonlyMap<string, HeaderFields>>;
  readonly wildcard: boolean;
  readonly judgesCallbackAccept: boolean;
  readonly serverPrefers: boolean;
  readonly needsBodylessContentType: boolean;
  readonly legacyStatus: boolean;
  readonly onNegotiation: ((event: NegotiationEvent) => void) | undefined;
  readonly refusesUnmanaged: boolean;
}

const NAMES: ReadonlySet<string> = new Set<keyof NegotiatorOptions>([
  "offer",
  "content",
  "dialect",
  "basePath",
  "deprecations",
  "wildcard",
  "callbackAccept",
  "prefer",
  "bodylessContentType",
  "legacyStatus",
  "onNegotiation",
  "unmanaged",
]);

/**
 * Checks options and fills in the defaults.
 * @throws VersioningError `invalid-option` that names the option's path and says what would be right
 */
export function readOptions(options: NegotiatorOptions): Settings {
  if (typeof (options as unknown) !== "object" || (options as unknown) === null) {
    // plain JavaScript may pass anything
    throw new VersioningError(
      "invalid-option",
      `options are ${describe(options)}; pass { offer: { transfers: ["1.0", "1.1"] } }`,
    );
  }
  const unknown = Object.keys(options).find((name) => !NAMES.has(name));
  if (unknown !== undefined) {
    throw new VersioningError(
      "invalid-option",
      `${unknown} is no option; there are ${Array.from(NAMES).join(", ")}`,
    );
  }
  const offer = readOffer(options.offer, "offer");
  const content =
    options.content === undefined
      ? new Map<string, readonly Version[]>()
      : readOffer(options.content, "content");
  if (offer.size === 0 && content.size === 0) {
    throw new VersioningError(
      "invalid-option",
      'offer is {}; name at least one resource, like { transfers: ["1.1"] }',
    );
  }
  const legacyStatus = readChoice(options.legacyStatus, "legacyStatus", [false, true]);
  if (options.onNegotiation !== undefined && typeof (options.onNegotiation as unknown) !== "function") {
    throw new VersioningError(
      "invalid-option",
      `onNegotiation is ${describe(options.onNegotiation)}; pass a function that takes an event`,
    );
  }
  return {
    offer,
    content,
    dialect: readChoice(options.dialect, "dialect", ["fspiop", "iso20022"]),
    basePath: readBasePath(options.basePath),
    deprecations: readDeprecations(options.deprecations, offer, content),
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

// The first choice is the default.
function readChoice<T extends string | boolean>(
  value: unknown,
  path: string,
  choices: readonly [T, ...T[]],
): T {
  if (value === undefined) return choices[0];
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw new VersioningError(
    "invalid-option",
    `${path} is ${describe(value)}; it is one of ${choices.map((candidate) => JSON.stringify(candidate)).join(", ")}`,
  );
}

function readBasePath(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "string" && (value === "" || value.startsWith("/")) && !/[?#%\\]|\/\//.test(value))
    return value;
  throw new VersioningError("invalid-option", `basePath is ${describe(value)}; write a path, like "/fspiop"`);
}

function readDeprecations(
  deprecations: unknown,
  offer: Settings["offer"],
  content: Settings["content"],
): Settings["deprecations"] {
  const read = new Map<string, Map<string, HeaderFields>>();
  for (const [resource, versions] of entriesOf(deprecations, "deprecations")) {
    const path = `deprecations.${resource}`;
    const known = [...(offer.get(resource) ?? []), ...(content.get(resource) ?? [])];
    if (known.length === 0) {
      const resources = Array.from(new Set([...offer.keys(), ...content.keys()]));
      throw new VersioningError(
        "invalid-option",
        `${path} is not in the offer, which has ${resources.join(", ")}`,
      );
    }
    const fields = new Map<string, HeaderFields>();
    for (const [text, deprecation] of entriesOf(versions, path)) {
      const version = readVersion(text, `a key of ${path}`);
      if (!known.includes(version)) {
        throw new VersioningError(
          "invalid-option",
          `${path}["${text}"] is not in the offer of ${resource}, which has ${known.join(", ")}`,
        );
      }
      const members = Object.fromEntries(entriesOf(deprecation, `${path}["${text}"]`)) as unknown;
      // each member is checked where it is read
      fields.set(version, deprecationHeaders(members as Deprecation, `${path}["${text}"]`));
    }
    read.set(resource, fields);
  }
  return read;
}

function entriesOf(value: unknown, path: string): [string, unknown][] {
  if (value === undefined && path === "deprecations") return [];
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new VersioningError("invalid-option", `${path} is ${describe(value)}; it is an object`);
}
