import type { OperationChange, Source } from "../declare/change.ts";
import type { Direction } from "../declare/direction.ts";
import type { Headers } from "../declare/header-changes.ts";
import { without } from "../values/copies.ts";
import { note, type Run } from "./run.ts";
import { fillVisit, type VisitPlace } from "./value-visits.ts";

/** Converts the headers of a message; returns the same object if nothing changes. */
export type HeaderVisit = (headers: Headers, run: Run) => Headers;

/** One compiled header, with what its visit can do. */
export interface CompiledHeader {
  readonly changeId: string;
  readonly visit: HeaderVisit;
  readonly class: "lossless" | "lossy";
  /** The header in reports and refusals: its name in lower case, and a colon. */
  readonly pointer: string;
  readonly refuses: boolean;
}

/** Compiles what some changes do to headers, in their order. */
export function compileHeaders(
  changes: readonly OperationChange[],
  direction: Direction,
  targetName: string,
): CompiledHeader[] {
  return changes.flatMap(({ id, headers = {} }) => {
    const { newer = {}, older = {}, rename = {} } = headers;
    const [source, target] = direction === "up" ? [older, newer] : [newer, older];
    const compiled = (
      name: string,
      rest: Pick<CompiledHeader, "visit" | "class" | "refuses">,
    ): CompiledHeader => ({
      changeId: id,
      pointer: pointerOf(name),
      ...rest,
    });
    return [
      ...Object.entries(rename).map(([olderName, newerName]) => {
        const [from, to] = direction === "up" ? [olderName, newerName] : [newerName, olderName];
        return compiled(from, { visit: renameVisit(id, from, to), class: "lossless", refuses: false });
      }),
      ...Object.keys(source).map((name) =>
        compiled(name, { visit: dropVisit(id, name), class: "lossy", refuses: false }),
      ),
      ...Object.entries(target)
        .filter(([, sources]) => sources.length > 0)
        .map(([name, sources]) => {
          const refuses = sources.some((source) => "refuse" in source);
          const place = { changeId: id, template: pointerOf(name), target: targetName };
          return compiled(name, { visit: fillHeaderVisit(name, place, sources), class: "lossless", refuses });
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
    // A header that has the new name already stays, as with members that move.
    if (key === undefined || keyOf(headers, to) !== undefined) return headers;
    note(run, "changed", { changeId, template: pointerOf(from), to: pointerOf(to) });
    return { ...without(headers, key), [to]: headers[key] };
  };
}

function dropVisit(changeId: string, name: string): HeaderVisit {
  return (headers, run) => {
    const key = keyOf(headers, name);
    if (key === undefined) return headers;
    note(run, "dropped", { changeId, template: pointerOf(name) });
    return without(headers, key);
  };
}

function fillHeaderVisit(name: string, place: VisitPlace, sources: readonly Source[]): HeaderVisit {
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
