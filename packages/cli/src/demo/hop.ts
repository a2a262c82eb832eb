import type { MessageEvent } from "@mojaloop-versioning/compat-adapter";
import type { Version } from "@mojaloop-versioning/protocol";
import type { Hub } from "@mojaloop-versioning/simulator";

/** One message from one party to another, through the adapter. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly method: string;
  readonly path: string;
  /** Version on arrival at the adapter. */
  readonly versionIn?: Version;
  /** Version in which it was delivered; absent if it was not. */
  readonly versionOut?: Version;
  /** HTTP status of the answer. */
  readonly status: number;
  readonly changed: readonly string[];
}

const HEADER_NAMES: Readonly<Record<string, string>> = { "content-type": "Content-Type", accept: "Accept" };

/** The events of the adapter as hops, in the order of arrival, with the error callbacks that it sent itself. */
export function hopsOf(events: readonly MessageEvent[], hub: Hub): Hop[] {
  const inOrder = [...events].sort((a, b) => a.at - b.at);
  return inOrder.flatMap((event) => [
    hopOf(event, hub.fspId),
    ...(event.errorCallback ? [callbackOf(event, hub)] : []),
  ]);
}

// The error callback that the adapter sent because of a message, as the hub received it.
function callbackOf({ participant = "?", error }: MessageEvent, hub: Hub): Hop {
  const callback = hub.received.findLast(({ method, path }) => method === "PUT" && path.endsWith("/error"));
  return {
    from: "adapter",
    to: hub.fspId,
    method: "PUT",
    path: callback?.path ?? "",
    ...(callback && { versionOut: callback.version }),
    status: 200,
    changed: [`for ${participant}: error ${error?.errorCode ?? ""}, supported: ${supportedVersions(error)}`],
  };
}

function hopOf(event: MessageEvent, hubId: string): Hop {
  const forwarded = event.outcome === "converted" || event.outcome === "passed";
  const isFromParticipant = event.side === "participants";
  return {
    from: isFromParticipant ? (event.source ?? "?") : hubId,
    to: isFromParticipant ? (forwarded ? hubId : "adapter") : (event.participant ?? "?"),
    method: event.method,
    path: event.path,
    ...(event.from && { versionIn: event.from }),
    ...(forwarded && event.to && { versionOut: event.to }),
    status: event.status,
    changed: forwarded ? changesOf(event) : [errorOf(event)],
  };
}

function errorOf({ error, outcome }: MessageEvent): string {
  if (!error) return outcome;
  const versions = supportedVersions(error);
  return `${error.errorCode} ${error.errorDescription}${versions === "" ? "" : ` (${versions})`}`;
}

function supportedVersions(error: MessageEvent["error"]): string {
  return (error?.extensionList?.extension ?? []).map(({ key, value }) => `${key}.${value}`).join(", ");
}

const KINDS = ["dropped", "stashed", "restored", "invented", "changed"] as const;
// An "invented" member was not in this message, but often in an earlier one.
const VERBS = {
  dropped: "dropped",
  stashed: "stashed",
  restored: "restored",
  invented: "added",
  changed: "changed",
};

function changesOf({ report, rewritten, method }: MessageEvent): string[] {
  const changed: string[] = [];
  for (const kind of KINDS) {
    for (const { pointer, changeId } of report?.[kind] ?? [])
      changed.push(`${VERBS[kind]} ${pointer} (${changeId})`);
  }
  const headers = rewritten.map((name) => HEADER_NAMES[name] ?? name).join(", ");
  const body = changed.length > 0 || method === "GET" ? "" : "; body unchanged";
  changed.push(headers === "" ? "none, forwarded unchanged" : headers + body);
  return changed;
}
