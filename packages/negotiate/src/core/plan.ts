import {
  createOperationMatcher,
  formatMediaType,
  newestFirst,
  parseMediaRanges,
  type Dialect,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Offers, Settings } from "../options/options.ts";
import { chooseVersion, type AcceptVerdict } from "./accept.ts";
import { createCache } from "./cache.ts";
import { readContentVersion, type ContentVerdict } from "./content-type.ts";
import type { HeaderFields, HttpRefusal } from "./negotiation.ts";
import { createRefusals, type RefusalReason } from "./refusals.ts";

/** What can be computed for a resource, or one operation of it, before a message arrives. */
export interface Plan {
  readonly resource: string;
  readonly dialect: Dialect;
  /** Judges an Accept header that is not empty. */
  readonly judgeAccept: (text: string) => AcceptVerdict | "missing";
  /** Judges a Content-Type line that is not empty. */
  readonly judgeContent: (text: string) => ContentVerdict;
  readonly mediaTypeOf: (version: Version) => string;
  /** The header fields of a success, by the version of the callback and of the body. */
  readonly stampOf: (accept: Version | undefined, content: Version) => HeaderFields;
  /** The supported and deprecated versions as header fields; `undefined` where they are not advertised. */
  readonly advertisement: HeaderFields | undefined;
  readonly refusals: Readonly<Record<RefusalReason, HttpRefusal>>;
  /** The plan of an operation with versions of its own, by method and path below the base path. */
  readonly forOperation: ((method: string, path: string) => Plan | undefined) | undefined;
}

/** Makes the plans of all resources in the offer or the content list. */
export function createPlans(settings: Settings, offers: Offers): ReadonlyMap<string, Plan> {
  const resources = new Set([...offers.offer.keys(), ...offers.content.keys()]);
  return new Map(
    Array.from(resources, (resource) => [resource, createResourcePlan(resource, settings, offers)]),
  );
}

function createResourcePlan(resource: string, settings: Settings, { offer, content }: Offers): Plan {
  const offered = offer.get(resource) ?? [];
  const readable = content.get(resource) ?? offered;
  const operations = settings.operations.get(resource);
  if (!operations) return createPlan(resource, settings, offered, readable);
  const plans = new Map<Operation, Plan>(
    Array.from(operations, ([operation, versions]) => [
      operation,
      createPlan(
        resource,
        settings,
        offered.filter((version) => versions.includes(version)),
        readable.filter((version) => versions.includes(version)),
      ),
    ]),
  );
  const match = createOperationMatcher(plans.keys());
  return {
    ...createPlan(resource, settings, offered, readable),
    forOperation(method, path) {
      const found = match(method, path);
      return found && plans.get(found.operation);
    },
  };
}

function createPlan(
  resource: string,
  settings: Settings,
  offered: readonly Version[],
  readable: readonly Version[],
): Plan {
  const { dialect, wildcard, serverPrefers, legacyStatus } = settings;
  const all = newestFirst([...offered, ...readable]);
  const mediaTypes = new Map(
    all.map((version) => [version, formatMediaType({ resource, dialect, version })]),
  );
  const type = formatMediaType({ resource, dialect }).toLowerCase();
  const mediaTypeOf = (version: Version): string =>
    mediaTypes.get(version) ?? formatMediaType({ resource, dialect, version });
  const deprecations = settings.deprecations.get(resource);
  const advertisement = settings.advertises ? advertise(all, deprecations) : undefined;

  return {
    resource,
    dialect,
    judgeAccept: createCache((text) => {
      const ranges = parseMediaRanges(text);
      if (!ranges) return "malformed";
      if (ranges.length === 0) return "missing";
      const verdict = chooseVersion(ranges, type, offered, { wildcard, serverPrefers });
      return verdict === "foreign" ? (legacyStatus ? "malformed" : "unacceptable") : verdict;
    }),
    judgeContent: createCache((text) => readContentVersion(text, type, readable)),
    mediaTypeOf,
    stampOf: createStamps(mediaTypeOf, deprecations, advertisement),
    advertisement,
    refusals: createRefusals({ resource, dialect }, { offered, readable }, legacyStatus),
    forOperation: undefined,
  };
}

// The field names of ASP.NET API versioning (dotnet/aspnet-api-versioning, "Reporting API versions"); no standard has any.
function advertise(
  versions: readonly Version[],
  deprecations: ReadonlyMap<string, HeaderFields> | undefined,
): HeaderFields {
  const deprecated = versions.filter((version) => deprecations?.has(version));
  const supported = versions.filter((version) => !deprecations?.has(version));
  return Object.freeze({
    ...(supported.length > 0 && { "api-supported-versions": supported.join(", ") }),
    ...(deprecated.length > 0 && { "api-deprecated-versions": deprecated.join(", ") }),
  });
}

function createStamps(
  mediaTypeOf: (version: Version) => string,
  deprecations: ReadonlyMap<string, HeaderFields> | undefined,
  advertisement: HeaderFields | undefined,
): Plan["stampOf"] {
  const made = new Map<Version | undefined, Map<Version, HeaderFields>>();
  return (accept, content) => {
    let row = made.get(accept);
    if (!row) made.set(accept, (row = new Map<Version, HeaderFields>()));
    let stamp = row.get(content);
    if (!stamp) {
      stamp = Object.freeze({
        "content-type": mediaTypeOf(accept ?? content),
        vary: "Accept",
        ...advertisement,
        // Where both versions are deprecated, the one asked for is announced.
        ...(deprecations?.get(accept ?? content) ?? deprecations?.get(content)),
      });
      row.set(content, stamp);
    }
    return stamp;
  };
}
