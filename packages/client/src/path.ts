import { fillPath, VersioningError } from "@mojaloop-versioning/protocol";

/** Values for the parameters of a path, as they are before they are escaped. */
export type Params = Readonly<Record<string, string | number>>;

/**
 * The path of a message to send. Values that no escaping keeps from being read as another path ("", "." and "..") are refused.
 * @throws VersioningError `invalid-option`
 */
export function pathOf(template: string, params: Params = {}): string {
  for (const [, name = ""] of template.matchAll(/\{([^}]*)\}/g)) {
    const value = valueOf(params, name);
    if (value !== "" && value !== "." && value !== "..") continue;
    throw new VersioningError(
      "invalid-option",
      `the path parameter ${name} of ${template} is "${value}", which cannot stand in a path`,
    );
  }
  return fillPath(template, params);
}

function valueOf(params: Params, name: string): string {
  return Object.hasOwn(params, name) ? String(params[name]) : "";
}

/** Parameters as text, as a conversion takes them. */
export function textParams(params: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}
