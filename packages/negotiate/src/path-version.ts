import {
  errorBody,
  pathOfTarget,
  statusOf,
  VersioningError,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Refusal } from "./negotiation.ts";
import { describe, readVersion } from "./offer.ts";
import { createRouteFinder } from "./path.ts";

/** How an API that does not negotiate says its version. */
export type PathVersioningOptions<V extends Version = Version> =
  | {
      /** First path segment → version: `{ "/v1": "1.1", "/v2": "2.0" }`, as Settlement has it. */
      readonly prefixes: Readonly<Record<`/${string}`, V>>;
      /** What stands in the path before the prefix. Default: nothing. */
      readonly basePath?: string;
      /** What a path that begins with no version, such as `/health`, does: 404, or pass on. Default `"refuse"`. */
      readonly unmanaged?: "refuse" | "pass";
    }
  | {
      /** The one version of an API that says none on the wire, as Admin does. */
      readonly version: V;
    };

/** The version that a path says, or a refusal; no `apiVersion` where the path says none and passes. */
export type PathVersion<V extends Version = Version> =
  { readonly ok: true; readonly apiVersion?: V } | Refusal;

/**
 * Makes a look-up from request target to API version.
 * @throws VersioningError `invalid-option`
 */
export function createPathVersioner<V extends Version>(
  options: PathVersioningOptions<V>,
): (url: string) => PathVersion<V> {
  if ("version" in options) {
    const fixed: PathVersion<V> = { ok: true, apiVersion: checked(options.version, "version") };
    return () => fixed;
  }
  const { prefixes, basePath = "", unmanaged = "refuse" } = options;
  const versions = new Map(
    Object.entries<V>(readPrefixes(prefixes)).map(([prefix, version]) => [
      prefix.slice(1),
      { ok: true, apiVersion: checked(version, `prefixes["${prefix}"]`) } satisfies PathVersion<V>,
    ]),
  );
  const find = createRouteFinder(versions, basePath);
  const unknown = unknownPrefix(Object.entries(prefixes));
  const base = basePath.replace(/\/$/, "");

  return (url) => {
    const route = find(url);
    if (route) return route.disguised ? unknown : route.plan;
    if (unmanaged === "refuse") return unknown;
    const path = pathOfTarget(url);
    const rest = path.startsWith(base) ? path.slice(base.length) : path;
    return /^\/+v\d[\d.]*(\/|$)/i.test(rest) ? unknown : { ok: true };
  };
}

function checked<V extends Version>(version: V, path: string): V {
  readVersion(version, path);
  return version;
}

function readPrefixes<V>(prefixes: Readonly<Record<string, V>>): Readonly<Record<string, V>> {
  if (typeof (prefixes as unknown) !== "object" || Object.keys(prefixes).length === 0) {
    throw new VersioningError(
      "invalid-option",
      `prefixes is ${describe(prefixes)}; write path segments with versions, like { "/v1": "1.1" }`,
    );
  }
  const wrong = Object.keys(prefixes).find((prefix) => !/^\/[A-Za-z0-9._~-]+$/.test(prefix));
  if (wrong === undefined) return prefixes;
  throw new VersioningError(
    "invalid-option",
    `prefixes has "${wrong}"; a prefix is one path segment, like "/v1", below basePath`,
  );
}

function unknownPrefix(prefixes: readonly [string, Version][]): Refusal {
  const listed = prefixes.map(([prefix, version]) => `${prefix} for ${version}`).join(", ");
  return {
    ok: false,
    status: statusOf("3002"),
    errorCode: "3002",
    body: errorBody(
      "3002",
      `Unknown URI; there is ${listed}`,
      prefixes.map(([key, value]) => ({ key, value })),
    ),
    headers: { "content-type": "application/json" },
  };
}
