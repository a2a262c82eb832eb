import { isVersion, newestFirst, VersioningError, type Version } from "@mojaloop-versioning/protocol";
import { isRecord } from "./chart-values.ts";
import { placeOf, type ChartNode } from "./chart-tree.ts";

/** What a service's configuration says of the versions it takes and sends. */
export interface ProtocolVersions {
  readonly accepts: readonly Version[];
  readonly sends: Version;
  /** The path of the setting in the chart's values. */
  readonly path: string;
}

/**
 * The setting `protocol_versions` of a chart's values: JSON in a text, or a map. `CONTENT` is a version (before 2022) or a default with a list.
 * @throws VersioningError `unreadable-input` with file and line
 */
export function protocolVersionsOf(node: ChartNode): ProtocolVersions | undefined {
  const found = search(node.values, [], node);
  if (!found) return undefined;
  const place = placeOf(node, found.path);
  const setting = typeof found.value === "string" ? parsed(found.value, place) : found.value;
  const content = isRecord(setting) ? setting["CONTENT"] : undefined;
  const [sends, list] = isRecord(content)
    ? [content["DEFAULT"], content["VALIDATELIST"]]
    : [content, [content]];
  const accepts = Array.isArray(list) ? list.filter(isText).filter(isVersion) : [];
  if (!isText(sends) || !isVersion(sends) || accepts.length === 0) {
    throw new VersioningError(
      "unreadable-input",
      `${place}: protocol_versions needs CONTENT, a version x.y or { DEFAULT, VALIDATELIST }`,
    );
  }
  return { accepts: newestFirst(accepts).reverse(), sends, path: found.path.join(".") };
}

function search(
  value: unknown,
  path: readonly string[],
  node: ChartNode,
): { readonly value: unknown; readonly path: readonly string[] } | undefined {
  if (!isRecord(value)) return undefined;
  for (const [key, member] of Object.entries(value)) {
    if (path.length === 0 && node.subchartKeys.has(key)) continue;
    const here = [...path, key];
    if (key.toLowerCase() === "protocol_versions" && member !== "") return { value: member, path: here };
    const below = search(member, here, node);
    if (below) return below;
  }
  return undefined;
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text) as unknown; // the library says any
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new VersioningError("unreadable-input", `${place}: protocol_versions is no JSON: ${why}`, {
      cause,
    });
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
