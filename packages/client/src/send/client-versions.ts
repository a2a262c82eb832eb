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
import { answerTo } from "../api/exchange-table.ts";

/** Converts a message to another version of its resource; `"same"` where the two versions are equal. */
export type MessageConverter = Converter | "same";

/** The versions that a client can write and read, and how. */
export interface ClientVersions {
  /**
   * The client's own version of an operation's resource.
   * @throws VersioningError `unknown-version`
   */
  own(operation: Operation): Version;
  /** From one version to another; `undefined` where there is no equivalent. */
  converter(operation: Operation, from: Version, to: Version): MessageConverter | undefined;
  /** Whether an operation can be sent in another version, and its callback be read. */
  common(operation: Operation, version: Version): boolean;
  /** The client's own version of an operation's resource and those that the registry has, newest first. */
  related(operation: Operation): readonly Version[];
  /** The versions from which an operation's messages can be read, newest first. */
  readable(operation: Operation): readonly Version[];
}

/** Makes the versions of a client from its API version and the changes of a registry. */
export function createClientVersions(api: Api, registry: Registry): ClientVersions {
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
    // The changes are for bodies in the dialect of FSPIOP; elsewhere equal numbers mean other messages.
    if (api.dialect !== "fspiop" || !Object.hasOwn(registry.resources, resource)) return [];
    return registry.resources[resource] ?? [];
  }

  function converter(operation: Operation, from: Version, to: Version): MessageConverter | undefined {
    if (from === to) return "same";
    const versions = known(operation);
    if (!versions.includes(from) || !versions.includes(to)) return undefined;
    try {
      const found = registry.between(resourceOf(operation), from, to, operation);
      return found.class === "refused" ? undefined : found;
    } catch (error) {
      if (isVersioningError(error, "unknown-version") || isVersioningError(error, "missing-change")) {
        return undefined;
      }
      throw error;
    }
  }

  return {
    own,
    converter,
    common(operation, version) {
      const callback = answerTo(api, operation);
      return (
        converter(operation, own(operation), version) !== undefined &&
        (!callback || converter(callback, version, own(callback)) !== undefined)
      );
    },
    related: (operation) => newestFirst(new Set([own(operation), ...known(operation)])),
    readable(operation) {
      const cached = readable.get(operation);
      if (cached) return cached;
      const mine = own(operation);
      const others = known(operation).filter((version) => converter(operation, version, mine) !== undefined);
      const versions = newestFirst([mine, ...others]);
      readable.set(operation, versions);
      return versions;
    },
  };
}
