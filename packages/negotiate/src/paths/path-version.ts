import { errorBody, isJsonObject, pathOfTarget, statusOf, type Version } from "@mojaloop-versioning/protocol";
import type { HttpRefusal } from "../core/negotiation.ts";
import { createRouteFinder } from "../core/route.ts";
import { checkNames, invalidOption, readBasePath, readChoice } from "../options/invalid-option.ts";
import { readVersion } from "../options/offer.ts";

/** The version of an API that does not negotiate. */
export type PathVersioningOptions<V extends Version = Version> =
  | {
      /** First path segment → version: `{ "/v1": "1.1", "/v2": "2.0" }`, as in Settlement. */
      readonly prefixes: Readonly<Record<`/${string}`, V>>;
      /** The path before the prefix. Default: none. */
      readonly basePath?: string;
      /** Whether a path without a version, such as `/health`, is answered 404 or passes. Default `"refuse"`. */
      readonly unmanaged?: "refuse" | "pass";
    }
  | {
      /** The one version of an API without a version on the wire, such as Admin. */
      readonly version: V;
    };

/** The version in a path, or a refusal; no `apiVersion` where the path has none and passes. */
export type PathVersion<V extends Version = Version> =
  { readonly ok: true; readonly apiVersion?: V } | HttpRefusal;

/**
 * Makes a look-up from request target to API version. `mountPath` is the path at which a router has mounted the adapter.
 * @throws VersioningError `invalid-option`
 */
export function createPathVersioner<V extends Version>(
  options: PathVersioningOptions<V>,
): (url: string, mountPath?: string) => PathVersion<V> {
  if ("version" in options) {
    checkNames(options, ["version"]);
    const fixed: PathVersion<V> = { ok: true, apiVersion: checked(options.version, "version") };
    return () => fixed;
  }
  checkNames(options, ["prefixes", "basePath", "unmanaged"]);
  const { prefixes } = options;
  const passes = readChoice(options.unmanaged, "unmanaged", ["refuse", "pass"]) === "pass";
  const base = readBasePath(options.basePath);
  const versions = new Map(
    Object.entries<V>(readPrefixes(prefixes)).map(([prefix, version]) => [
      prefix.slice(1),
      { ok: true, apiVersion: checked(version, `prefixes["${prefix}"]`) } satisfies PathVersion<V>,
    ]),
  );
  const find = createRouteFinder(versions, base);
  const unknown = unknownPrefix(Object.entries(prefixes));

  return (url, mountPath = "") => {
    const route = find(url) ?? (mountPath === "" ? undefined : find(mountPath + url));
    if (route) return route.disguised ? unknown : route.plan;
    if (!passes) return unknown;
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
  if (!isJsonObject(prefixes) || Object.keys(prefixes).length === 0) {
    throw invalidOption("prefixes", prefixes, 'write path segments with versions, like { "/v1": "1.1" }');
  }
  const wrong = Object.keys(prefixes).find((prefix) => !/^\/[A-Za-z0-9._~-]+$/.test(prefix));
  if (wrong === undefined) return prefixes;
  throw invalidOption(
    "a key of prefixes",
    wrong,
    'write one path segment, like "/v1"; basePath comes before it',
  );
}

function unknownPrefix(prefixes: readonly [string, Version][]): HttpRefusal {
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
