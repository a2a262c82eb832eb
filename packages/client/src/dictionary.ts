import {
  isVersioningError,
  newestFirst,
  resourceOf,
  VersioningError,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Converter, Registry } from "@mojaloop-versioning/transform";
import type { Api } from "@mojaloop-versioning/types";
import { answerTo } from "./exchange-table.ts";

/** Says a message in another version of its resource, or nothing where the two versions are one. */
export type Translation = Converter | "same";

/** Which versions a client can write and read, and how. */
export interface Dictionary {
  /**
   * The client's own version of an operation's resource.
   * @throws VersioningError `unknown-version`
   */
  own(operation: Operation): Version;
  /** From one version to another; `undefined` where that cannot be said. */
  translation(operation: Operation, from: Version, to: Version): Translation | undefined;
  /** Whether an operation can be said in another version, and its callback be read. */
  common(operation: Operation, version: Version): boolean;
  /** The versions from which an operation's messages can be read, newest first. */
  readable(operation: Operation): readonly Version[];
}

/** Makes the dictionary of an API version: the changes of a registry, as far as they concern it. */
export function createDictionary(api: Api, registry: Registry): Dictionary {
  const readable = new Map<Operation, readonly Version[]>();

  function own(operation: Operation): Version {
    const resource = resourceOf(operation);
    if (!Object.hasOwn(api.operations, operation) || !Object.hasOwn(api.resources, resource)) {
      throw new VersioningError("unknown-version", `${api.id} has no operation "${operation}"`);
    }
    return api.resources[resource] ?? api.version;
  }

  function known(operation: Operation): readonly Version[] {
    const resource = resourceOf(operation);
    // The changes speak of bodies in the dialect of FSPIOP; elsewhere equal numbers are other messages.
    if (api.dialect !== "fspiop" || !Object.hasOwn(registry.resources, resource)) return [];
    return registry.resources[resource] ?? [];
  }

  function translation(operation: Operation, from: Version, to: Version): Translation | undefined {
    if (from === to) return "same";
    const versions = known(operation);
    if (!versions.includes(from) || !versions.includes(to)) return undefined;
    try {
      const converter = registry.between(resourceOf(operation), from, to, operation);
      return converter.class === "refused" ? undefined : converter;
    } catch (error) {
      if (isVersioningError(error, "unknown-version") || isVersioningError(error, "missing-change")) {
        return undefined;
      }
      throw error;
    }
  }

  return {
    own,
    translation,
    common(operation, version) {
      const callback = answerTo(api, operation);
      return (
        translation(operation, own(operation), version) !== undefined &&
        (!callback || translation(callback, version, own(callback)) !== undefined)
      );
    },
    readable(operation) {
      const cached = readable.get(operation);
      if (cached) return cached;
      const mine = own(operation);
      const others = known(operation).filter(
        (version) => translation(operation, version, mine) !== undefined,
      );
      const versions = newestFirst([mine, ...others]);
      readable.set(operation, versions);
      return versions;
    },
  };
}
