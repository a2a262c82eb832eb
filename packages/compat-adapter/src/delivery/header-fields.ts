import { HEADER } from "@mojaloop-versioning/protocol";

// Fields of one connection only (RFC 9110 7.6.1), and those that the adapter sets itself.
const NOT_FORWARDED = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
  "host",
  "http2-settings",
  HEADER.contentLength,
]);

/**
 * The header fields to forward, from Node's raw list: without those of the connection and those that `Connection` names, and with the
 * values of `replace`, where `undefined` removes a field. The result is a flat list of names and values, as undici expects it.
 */
export function forwardedHeaders(
  raw: readonly string[],
  replace: Readonly<Record<string, string | undefined>>,
): string[] {
  const named = connectionFields(raw);
  const fields: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] ?? "";
    const lower = name.toLowerCase();
    if (NOT_FORWARDED.has(lower) || named.has(lower) || Object.hasOwn(replace, lower)) continue;
    fields.push(name, raw[i + 1] ?? "");
  }
  for (const [name, value] of Object.entries(replace)) {
    if (value !== undefined) fields.push(name, value);
  }
  return fields;
}

function connectionFields(raw: readonly string[]): ReadonlySet<string> {
  const named = new Set<string>();
  for (let i = 0; i + 1 < raw.length; i += 2) {
    if (raw[i]?.toLowerCase() !== "connection") continue;
    for (const token of raw[i + 1]?.split(",") ?? []) named.add(token.trim().toLowerCase());
  }
  return named;
}
