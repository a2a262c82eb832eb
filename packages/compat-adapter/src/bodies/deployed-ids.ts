import type { IdMap } from "@mojaloop-versioning/transform";
import { createIdMap } from "@mojaloop-versioning/transform";
import type { Validation } from "@mojaloop-versioning/types";

// CorrelationId of FSPIOP 2.0 (specs/fspiop/2.0.yaml). Deployed hubs and the SDK use it under every version: central-services-shared
// 18.38.2, src/util/id.js, makes UUIDs of version 7 and ULIDs.
const DEPLOYED_ID =
  /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[1-7][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26})$/;

// A validator's message about the CorrelationId of FSPIOP 1.x, which allows UUIDs of versions 1 to 5 only.
const OLDER_ID_MESSAGE = "must match ^[0-9a-f]{8}-[0-9a-f]{4}-[1-5]";

// An id that is valid in every version.
const ANY_ID = "00000000-0000-4000-8000-000000000000";

/** Validates a body with the ids that deployed hubs accept: an id of FSPIOP 2.0 is valid in every version. */
export function validateWithDeployedIds(
  validate: (body: unknown) => Validation<unknown>,
  body: unknown,
): Validation<unknown> {
  const replaced = new Set<string>();
  let current = body;
  for (;;) {
    const validation = validate(current);
    if (validation.ok || !validation.message.startsWith(OLDER_ID_MESSAGE)) return validation;
    const member = validation.pointer.split("/").at(-1) ?? "";
    if (replaced.has(member)) return validation;
    replaced.add(member);
    // All members of this name at once: a bulk has a thousand of them.
    current = mapTexts(current, (text, name) => (name === member && DEPLOYED_ID.test(text) ? ANY_ID : text));
  }
}

/** Carries ids unchanged through a conversion to a version whose pattern excludes them. */
export interface PassedIds {
  /** For the conversion: replaces each id by a UUID of an older version. */
  readonly map: IdMap;
  /** Puts the original ids back into what the conversion returned. */
  restore<T>(value: T): T;
}

/** Creates {@link PassedIds} for one conversion; `any` also passes ids that deployed hubs do not accept. */
export function createPassedIds(any: boolean): PassedIds {
  const uuids = createIdMap({ limit: 1 });
  const originals = new Map<string, string>();
  return {
    map: {
      older(id) {
        const older = any || DEPLOYED_ID.test(id) ? uuids.older(id) : undefined;
        if (older !== undefined) originals.set(older, id);
        return older;
      },
      newer: () => undefined,
    },
    restore<T>(value: T): T {
      if (originals.size === 0) return value;
      return mapTexts(value, (text) => originals.get(text) ?? text) as T; // only texts differ
    },
  };
}

// A copy of a JSON value with other texts. Bodies are at most 64 levels deep here.
function mapTexts(value: unknown, map: (text: string, member: string) => string, member = ""): unknown {
  if (typeof value === "string") return map(value, member);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map, member));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, map, name)]));
}
