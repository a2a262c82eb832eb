import {
  isJsonObject,
  resourceOf,
  VersioningError,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { HeaderFields } from "../core/negotiation.ts";
import { deprecationHeaders, type Deprecation } from "./deprecation.ts";
import { invalidOption } from "./invalid-option.ts";
import { readOffer, readVersion } from "./offer.ts";
import type { Offers, Settings } from "./options.ts";

/**
 * The header fields of each deprecated version, by resource.
 * @throws VersioningError `invalid-option`, also for a version that is not in the offer
 */
export function readDeprecations(deprecations: unknown, offers: Offers): Settings["deprecations"] {
  const read = new Map<string, Map<string, HeaderFields>>();
  for (const [resource, versions] of entriesOf(deprecations, "deprecations")) {
    const path = `deprecations.${resource}`;
    const known = knownVersions(offers, resource, path);
    const fields = new Map<string, HeaderFields>();
    for (const [text, deprecation] of entriesOf(versions, path)) {
      const version = readVersion(text, `a key of ${path}`);
      checkKnown(version, known, resource, `${path}["${text}"]`);
      const members = Object.fromEntries(entriesOf(deprecation, `${path}["${text}"]`)) as unknown;
      // deprecationHeaders checks each member
      fields.set(version, deprecationHeaders(members as Deprecation, `${path}["${text}"]`));
    }
    read.set(resource, fields);
  }
  return read;
}

/**
 * The versions of each operation that not all versions of its resource have, by resource.
 * @throws VersioningError `invalid-option`, also for a resource or version that is not in the offer
 */
export function readOperations(operations: unknown, offers: Offers): Settings["operations"] {
  const read = new Map<string, Map<Operation, readonly Version[]>>();
  for (const [operation, given] of entriesOf(operations, "operations")) {
    if (!isOperation(operation)) {
      throw invalidOption(
        "a key of operations",
        operation,
        'write an operation, like "PATCH /transfers/{ID}"',
      );
    }
    const resource = resourceOf(operation);
    const path = `operations["${operation}"]`;
    const known = knownVersions(offers, resource, path);
    const versions = readOffer({ [resource]: given }, path).get(resource) ?? [];
    for (const version of versions) checkKnown(version, known, resource, `${path} ${version}`);
    const ofResource = read.get(resource) ?? new Map<Operation, readonly Version[]>();
    read.set(resource, ofResource.set(operation, versions));
  }
  return read;
}

function isOperation(text: string): text is Operation {
  return /^[A-Z]+ \/[A-Za-z0-9_-]+(\/|$)/.test(text);
}

function knownVersions({ offer, content }: Offers, resource: string, path: string): readonly Version[] {
  const known = [...(offer.get(resource) ?? []), ...(content.get(resource) ?? [])];
  if (known.length > 0) return known;
  const resources = Array.from(new Set([...offer.keys(), ...content.keys()]));
  throw new VersioningError(
    "invalid-option",
    `${path} is not in the offer, which has ${resources.join(", ")}`,
  );
}

function checkKnown(version: Version, known: readonly Version[], resource: string, path: string): void {
  if (known.includes(version)) return;
  const listed = Array.from(new Set(known)).join(", ");
  throw new VersioningError(
    "invalid-option",
    `${path} is not in the offer of ${resource}, which has ${listed}`,
  );
}

function entriesOf(value: unknown, path: string): [string, unknown][] {
  if (value === undefined && !path.includes(".")) return [];
  if (isJsonObject(value)) return Object.entries(value);
  throw invalidOption(path, value, "it must be an object");
}
