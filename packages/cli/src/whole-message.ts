import { fillPath, formatMediaType, parseMediaType, type Version } from "@mojaloop-versioning/protocol";
import type { Conversion } from "@mojaloop-versioning/transform";
import { matchIn, type GivenMessage, type WholeMessage } from "./message.ts";

/** The converted message with path, media types and body in the target version. */
export function rebuildMessage(
  whole: WholeMessage,
  message: GivenMessage,
  outcome: Conversion & { readonly ok: true },
  to: { readonly id: string; readonly version: Version },
): WholeMessage {
  const { headers, path } = whole;
  const pathChanged = outcome.params ?? outcome.query;
  return {
    ...whole,
    path: pathChanged ? writePath(to.id, message, outcome) : path,
    ...(headers && { headers: inVersion(headers, to.version) }),
    ...("body" in whole && { body: outcome.body }),
  };
}

function inVersion(headers: Readonly<Record<string, string>>, version: Version): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const type = /^(content-type|accept)$/i.test(name) ? parseMediaType(value) : undefined;
      // The resource as written in the header, since the parser returns lower case.
      const resource = /\.(\w+)\+json/.exec(value)?.[1];
      return [name, type && resource !== undefined ? formatMediaType({ ...type, resource, version }) : value];
    }),
  );
}

function writePath(
  id: string,
  { operation, params, query }: GivenMessage,
  outcome: Pick<Conversion & { readonly ok: true }, "params" | "query">,
): string {
  const [method = "", own = ""] = operation.split(" ");
  // The same path can have other parameter names in the target version.
  const template = matchIn(id, method, own)?.operation.split(" ")[1] ?? own;
  return fillPath(template, outcome.params ?? params, outcome.query ?? query);
}
