import { compareVersions, isVersion, VersioningError, type Version } from "@mojaloop-versioning/protocol";
import { invalidOption } from "../options/invalid-option.ts";

/** A version, or with a `+` that version and every newer one: `"1.0"`, `"1.1+"`. */
export type VersionKey = Version | `${Version}+`;

/** The version that a key stands for, as a type: `"1.0"` itself, for `"1.1+"` any. */
export type VersionOfKey<K extends VersionKey> = K extends `${string}+` ? Version : K;

/**
 * Makes a look-up from a body's version to one of `handlers`: the exact key, else the `+` key with the newest version that is not
 * newer than it.
 * @throws VersioningError `invalid-option` for a key that is not a version, and from the look-up for a version without a handler
 */
export function createHandlerChoice<H>(handlers: Readonly<Record<string, H>>): (version: Version) => H {
  const exact = new Map<string, H>();
  const open: { readonly from: Version; readonly handler: H }[] = [];
  for (const [key, handler] of Object.entries(handlers)) {
    const from = key.endsWith("+") ? key.slice(0, -1) : key;
    if (!isVersion(from)) {
      throw invalidOption("a key of byVersion", key, 'write a version, like "1.0", or a range, like "1.1+"');
    }
    if (typeof handler !== "function") throw invalidOption(`byVersion["${key}"]`, handler, "pass a handler");
    if (key === from) exact.set(from, handler);
    else open.push({ from, handler });
  }
  if (exact.size + open.length === 0) {
    throw invalidOption("byVersion", handlers, 'pass handlers, like { "1.0": a, "1.1+": b }');
  }
  open.sort((a, b) => compareVersions(b.from, a.from));

  return (version) => {
    const handler =
      exact.get(version) ?? open.find(({ from }) => compareVersions(from, version) <= 0)?.handler;
    if (handler !== undefined) return handler;
    throw new VersioningError(
      "invalid-option",
      `byVersion has no handler for ${version}; it has ${Object.keys(handlers).join(", ")}`,
    );
  };
}
