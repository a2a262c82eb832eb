import { fillPath, VersioningError } from "@mojaloop-versioning/protocol";

/** Values for the parameters of a path, not yet escaped. */
export type PathParams = Readonly<Record<string, string | number>>;

/**
 * The path of a message to send. Values that would change the path even when escaped ("", "." and "..") are refused.
 * @throws VersioningError `invalid-option`
 */
export function messagePath(template: string, params: PathParams = {}): string {
  for (const [, name = ""] of template.matchAll(/\{([^}]*)\}/g)) {
    const value = valueOf(params, name);
    if (value !== "" && value !== "." && value !== "..") continue;
    throw new VersioningError(
      "invalid-option",
      `the path parameter ${name} of ${template} is "${value}"; it must be a text that is neither empty, "." nor ".."`,
    );
  }
  return fillPath(template, params);
}

function valueOf(params: PathParams, name: string): string {
  return Object.hasOwn(params, name) ? String(params[name]) : "";
}

/** Parameters as text, the form that a conversion takes. */
export function textParams(params: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}
