import { isFspId, type ErrorCode } from "@mojaloop-versioning/protocol";

/** What is wrong with the lines of FSPIOP-Source (API Definition 3.2.1, 7.3); `undefined` where nothing is. */
export function faultOfSource(sources: ReadonlySet<string>): [ErrorCode, string] | undefined {
  const [source] = sources;
  if (!source) return ["3102", "FSPIOP-Source is missing"];
  if (sources.size > 1) return ["3101", "FSPIOP-Source is there more than once, with different values"];
  if (!isFspId(source)) return ["3101", "FSPIOP-Source must be an FSP id of 1 to 32 characters"];
  return undefined;
}

/** The value of a JSON text, with its kind in words for an error. */
export function parseJson(text: string): { readonly value: unknown; readonly kind: string } {
  if (text.trim() === "") return { value: undefined, kind: "empty" };
  try {
    const value: unknown = JSON.parse(text);
    const kind = Array.isArray(value) ? "an array" : value === null ? "null" : `a ${typeof value}`;
    return { value, kind };
  } catch {
    return { value: undefined, kind: "not JSON" };
  }
}
