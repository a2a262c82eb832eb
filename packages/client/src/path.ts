import { VersioningError } from "@mojaloop-versioning/protocol";

/** Values for the parameters of a path, as they are before they are escaped. */
export type Params = Readonly<Record<string, string | number>>;

/**
 * Puts escaped values into a path template. Values that no escaping keeps from being read as another path ("", "." and "..") are
 * refused.
 * @throws VersioningError `invalid-option`
 */
export function fillPath(template: string, params: Params = {}): string {
  return template.replaceAll(/\{([^}]*)\}/g, (_braced, name: string) => {
    const value = Object.hasOwn(params, name) ? String(params[name]) : "";
    if (value === "" || value === "." || value === "..") {
      throw new VersioningError(
        "invalid-option",
        `the path parameter ${name} of ${template} is "${value}", which cannot stand in a path`,
      );
    }
    return encodeURIComponent(value);
  });
}

/** Parameters as text, as a conversion takes them. */
export function textParams(params: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}
