import { VersioningError } from "@mojaloop-versioning/protocol";

/** A `VersioningError` `invalid-option` that names the option's path, the value, and what would be right. */
export function invalidOption(path: string, value: unknown, advice: string): VersioningError {
  return new VersioningError("invalid-option", `${path} is ${showValue(value)}; ${advice}`);
}

/** The form in which a message shows a wrong value. */
export function showValue(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "function") return "a function";
  const text = JSON.stringify(value) as string | undefined; // JSON.stringify returns undefined for a symbol
  return text === undefined ? typeof value : text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/**
 * Refuses members that are not options, such as misspelt ones.
 * @throws VersioningError `invalid-option` that lists the options there are
 */
export function checkNames(options: object, names: readonly string[], path = ""): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const full = path === "" ? unknown : `${path}.${unknown}`;
  throw new VersioningError("invalid-option", `${full} is not an option; there are ${names.join(", ")}`);
}

/**
 * The value if it is one of `choices`, the first of which is the default.
 * @throws VersioningError `invalid-option`
 */
export function readChoice<T extends string | boolean>(
  value: unknown,
  path: string,
  choices: readonly [T, ...T[]],
): T {
  if (value === undefined) return choices[0];
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  const listed = choices.map((candidate) => JSON.stringify(candidate)).join(", ");
  throw invalidOption(path, value, `it must be one of ${listed}`);
}

/**
 * A path before the resource, without a slash at its end; `""` where there is none.
 * @throws VersioningError `invalid-option`
 */
export function readBasePath(value: unknown): string {
  if (value === undefined) return "";
  const valid =
    typeof value === "string" &&
    (value === "" || value.startsWith("/")) &&
    !/[?#%\\]|\/\//.test(value) &&
    // No request arrives with a dot segment: clients and routers remove them (RFC 3986 5.2.4).
    !value.split("/").some((segment) => segment === "." || segment === "..");
  if (valid) return value.replace(/\/$/, "");
  throw invalidOption("basePath", value, 'write a path without dot segments, like "/fspiop"');
}
