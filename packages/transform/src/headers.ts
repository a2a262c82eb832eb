import type { OperationChange, Source } from "./change.ts";
import { without } from "./json.ts";
import type { Direction } from "./residue.ts";
import { note, type Run } from "./run.ts";
import { fillVisit, type Place } from "./settle.ts";

/** Headers as Node gives them; names in any letter case (RFC 9110 5.1). */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a change of version does to headers, by name in any letter case. */
export interface HeaderChanges {
  /** Headers that only the newer version has: dropped on the way down; on the way up from these sources, if there are any. */
  readonly newer?: Readonly<Record<string, readonly Source[]>>;
  /** Headers that only the older version has: the same the other way round. */
  readonly older?: Readonly<Record<string, readonly Source[]>>;
  /** Older name to newer name. */
  readonly rename?: Readonly<Record<string, string>>;
}

/** Says the headers of a message in the target version; the same object where nothing changes. */
export type HeaderVisit = (headers: Headers, run: Run) => Headers;

/** One header settled: for the visit itself, and for what is known of the leg. */
export interface SettledHeader {
  readonly changeId: string;
  readonly visit: HeaderVisit;
  readonly grade: "lossless" | "lossy";
  /** How reports and refusals call the header: its name in lower case, and a colon. */
  readonly pointer: string;
  readonly refuses: boolean;
}

/** What the changes of a leg do to headers, in their order. */
export function settleHeaders(
  changes: readonly OperationChange[],
  direction: Direction,
  target: string,
): SettledHeader[] {
  return changes.flatMap(({ id, headers = {} }) => {
    const { newer = {}, older = {}, rename = {} } = headers;
    const [left, reached] = direction === "up" ? [older, newer] : [newer, older];
    const settled = (
      name: string,
      rest: Pick<SettledHeader, "visit" | "grade" | "refuses">,
    ): SettledHeader => ({
      changeId: id,
      pointer: pointerOf(name),
      ...rest,
    });
    return [
      ...Object.entries(rename).map(([olderName, newerName]) => {
        const [from, to] = direction === "up" ? [olderName, newerName] : [newerName, olderName];
        return settled(from, { visit: renameVisit(id, from, to), grade: "lossless", refuses: false });
      }),
      ...Object.keys(left).map((name) =>
        settled(name, { visit: dropVisit(id, name), grade: "lossy", refuses: false }),
      ),
      ...Object.entries(reached)
        .filter(([, sources]) => sources.length > 0)
        .map(([name, sources]) => {
          const refuses = sources.some((source) => "refuse" in source);
          const place = { changeId: id, template: pointerOf(name), target };
          return settled(name, { visit: fillHeaderVisit(name, place, sources), grade: "lossless", refuses });
        }),
    ];
  });
}

function pointerOf(name: string): string {
  return `${name.toLowerCase()}:`;
}

function renameVisit(changeId: string, from: string, to: string): HeaderVisit {
  return (headers, run) => {
    const key = keyOf(headers, from);
    // What is in the way at the new name stays, as with members that move.
    if (key === undefined || keyOf(headers, to) !== undefined) return headers;
    note(run, "changed", changeId, pointerOf(from), pointerOf(to));
    return { ...without(headers, key), [to]: headers[key] };
  };
}

function dropVisit(changeId: string, name: string): HeaderVisit {
  return (headers, run) => {
    const key = keyOf(headers, name);
    if (key === undefined) return headers;
    note(run, "dropped", changeId, pointerOf(name));
    return without(headers, key);
  };
}

function fillHeaderVisit(name: string, place: Place, sources: readonly Source[]): HeaderVisit {
  const fill = fillVisit(place, sources, { required: true });
  return (headers, run) => {
    if (keyOf(headers, name) !== undefined) return headers;
    run.owner = headers;
    const value = fill(undefined, run);
    return typeof value === "string" ? { ...headers, [name]: value } : headers;
  };
}

function keyOf(headers: Headers, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.keys(headers).find((key) => key.toLowerCase() === wanted && headers[key] !== undefined);
}
