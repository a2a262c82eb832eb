import type { DeclaredChange, Source } from "../declare/change.ts";
import type { Direction } from "../declare/direction.ts";
import type { Pointer } from "../values/pointer.ts";

/** An element of {@link settledBy} that stands for all pointers: the change converts the whole value. */
export const ALL = "*";

/** The pointers that a change settles in a direction. */
export function settledBy(change: DeclaredChange, direction: Direction): Pointer[] {
  const { fill, lose } = change[direction] ?? {};
  return [
    ...Object.keys(fill ?? {}),
    ...Object.keys(lose ?? {}),
    ...movesOf(change).flat(),
    ...Object.keys(change.enumMap ?? {}),
    ...(change.map?.[direction] ? [ALL] : []),
  ];
}

/** The renames and moves of a change as pairs of pointers. */
export function movesOf({ rename, move }: DeclaredChange): [older: Pointer, newer: Pointer][] {
  const renames = Object.entries(rename ?? {}).map(([older, name]): [Pointer, Pointer] => [
    older,
    `${older.slice(0, older.lastIndexOf("/"))}/${name}`,
  ]);
  return [...renames, ...Object.entries(move ?? {})];
}

/** Whether a source of one of the changes has one of these kinds in a direction. */
export function hasSource(
  changes: readonly DeclaredChange[],
  direction: Direction,
  kinds: readonly ("derive" | "lookup")[],
): boolean {
  const isOfKind = (source: Source): boolean => kinds.some((kind) => kind in source);
  return changes.some((change) =>
    Object.values(change[direction]?.fill ?? {}).some((sources) => sources.some(isOfKind)),
  );
}
