import type { MessageEvent } from "@mojaloop-versioning/compat-adapter";
import type { Version } from "@mojaloop-versioning/protocol";
import type { Hub } from "@mojaloop-versioning/simulator";

/** One message on its way from one party to another, through the adapter. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly method: string;
  readonly path: string;
  /** Version in which it came, and in which it went on; absent where it did not. */
  readonly versionIn?: Version;
  readonly versionOut?: Version;
  /** Status of the immediate answer. */
  readonly status: number;
  readonly changed: readonly string[];
}

const HEADER_NAMES: Readonly<Record<string, string>> = { "content-type": "Content-Type", accept: "Accept" };

/** What the adapter told of some messages, and what it said itself, as rows of the table in the order of their coming. */
export function hopsOf(events: readonly MessageEvent[], hub: Hub): Hop[] {
  const inOrder = [...events].sort((a, b) => a.at - b.at);
  return inOrder.flatMap((event) => [
    hopOf(event, hub.fspId),
    ...(event.errorCallback ? [callbackOf(event, hub)] : []),
  ]);
}

/** The error callback that the adapter sent because of a message, as the hub got it. */
function callbackOf({ participant = "?", error }: MessageEvent, hub: Hub): Hop {
  const got = hub.received.findLast(({ method, path }) => method === "PUT" && path.endsWith("/error"));
  return {
    from: "adapter",
    to: hub.fspId,
    method: "PUT",
    path: got?.path ?? "",
    ...(got && { versionOut: got.version }),
    status: 200,
    changed: [
      `in the name of ${participant}: error ${error?.errorCode ?? ""}, its versions: ${versionsOf(error)}`,
    ],
  };
}

function hopOf(event: MessageEvent, hubId: string): Hop {
  const handedOn = event.outcome === "converted" || event.outcome === "passed";
  const isOutward = event.side === "participants";
  return {
    from: isOutward ? (event.source ?? "?") : hubId,
    to: isOutward ? (handedOn ? hubId : "adapter") : (event.participant ?? "?"),
    method: event.method,
    path: event.path,
    ...(event.from && { versionIn: event.from }),
    ...(handedOn && event.to && { versionOut: event.to }),
    status: event.status,
    changed: handedOn ? changesOf(event) : [errorOf(event)],
  };
}

function errorOf({ error, outcome }: MessageEvent): string {
  if (!error) return outcome;
  const versions = versionsOf(error);
  return `${error.errorCode} ${error.errorDescription}${versions === "" ? "" : ` (${versions})`}`;
}

function versionsOf(error: MessageEvent["error"]): string {
  return (error?.extensionList?.extension ?? []).map(({ key, value }) => `${key}.${value}`).join(", ");
}

const KINDS = ["dropped", "stashed", "restored", "invented", "changed"] as const;
/** A member that came in by a change was not in this message, but often elsewhere. */
const WORDS = {
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
      changed.push(`${WORDS[kind]} ${pointer} (${changeId})`);
  }
  const headers = rewritten.map((name) => HEADER_NAMES[name] ?? name).join(", ");
  const body = changed.length > 0 || method === "GET" ? "" : ", body as it was";
  changed.push(headers === "" ? "nothing, passed on as it came" : headers + body);
  return changed;
}
