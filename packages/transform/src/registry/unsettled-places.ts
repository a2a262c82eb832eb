import type { Operation, Version } from "@mojaloop-versioning/protocol";
import type { OperationResidue, ResidueStep, ResidueTable, Unsettled } from "@mojaloop-versioning/types";
import { unnamed, type BothDirections } from "../compile/neighbours.ts";
import { ALL, settledBy } from "../compile/settled-pointers.ts";
import { isComparison, isDeclared, type Change, type DeclaredChange } from "../declare/change.ts";
import { EVERY_OPERATION } from "../declare/define-change.ts";
import type { Direction } from "../declare/direction.ts";
import type { Pointer } from "../values/pointer.ts";

/** What no change settles in one operation or component between two versions. */
export interface UnsettledPlace {
  /** An operation and its resource, or a component of an API. */
  readonly subject:
    | { readonly resource: string; readonly operation: Operation; readonly newResource: boolean }
    | { readonly api: string; readonly component: string };
  /** Versions of the resource; for a component, versions of the API. */
  readonly from: Version;
  readonly to: Version;
  readonly up: UnsettledDirection;
  readonly down: UnsettledDirection;
}

/** The unsettled pointers of one direction. */
export interface UnsettledDirection {
  /** The target version does not have the operation, and no change refuses its messages. */
  readonly refuse: boolean;
  /** Pointers that need a source. */
  readonly fill: readonly Pointer[];
  /** Pointers without a place in the target. */
  readonly lose: readonly Pointer[];
}

/** Lists everything that the comparisons among the changes leave open and no change settles, in the order of the documents. */
export function unsettledPlaces(changes: readonly Change[]): UnsettledPlace[] {
  const declared = changes.filter(isDeclared);
  const places = changes.filter(isComparison).flatMap(({ residue }) => [
    ...Object.entries(residue.components).flatMap(([pair, components]) =>
      Object.entries(components).map(([component, unsettled]) =>
        placeOfComponent({ residue, pair, component, unsettled }, declared),
      ),
    ),
    ...residue.steps.flatMap((step) =>
      Object.entries(step.operations).map(
        ([operation, entry]) => placeOfOperation(step, operation as Operation, entry, declared), // the keys of a step are operations
      ),
    ),
  ]);
  return places.filter(({ up, down }) => isOpen(up) || isOpen(down));
}

function isOpen({ refuse, fill, lose }: UnsettledDirection): boolean {
  return refuse || fill.length + lose.length > 0;
}

interface ComponentResidueAt {
  readonly residue: ResidueTable;
  readonly pair: string;
  readonly component: string;
  readonly unsettled: BothDirections;
}

function placeOfComponent(
  { residue, pair, component, unsettled }: ComponentResidueAt,
  declared: readonly DeclaredChange[],
): UnsettledPlace {
  const [from, to] = pair.split(">") as [Version, Version]; // the keys of components are pairs of versions
  const own = declared.filter(
    (change) =>
      "component" in change &&
      change.api === residue.api &&
      change.component === component &&
      change.from === from &&
      change.to === to,
  );
  const holders = residue.steps
    .filter((step) => step.api.join(">") === pair)
    .flatMap((step) =>
      Object.entries(step.operations).flatMap(([operation, { holds }]) =>
        (holds?.[component] ?? []).map((base) => ({
          base,
          changes: changesOf(step, operation as Operation, declared),
        })),
      ),
    );
  const open = (direction: Direction): UnsettledDirection => {
    const settled = new Set(own.flatMap((change) => settledBy(change, direction)));
    // An operation can settle a pointer of a component itself; it is open if one operation does not.
    const isSettled = (pointer: Pointer): boolean =>
      settled.has(ALL) ||
      settled.has(pointer) ||
      (holders.length > 0 &&
        holders.every(({ base, changes }) =>
          changes.some((change) => {
            const pointers = settledBy(change, direction);
            return pointers.includes(ALL) || pointers.includes(base + pointer);
          }),
        ));
    return { refuse: false, ...openPointers(unsettled[direction], isSettled) };
  };
  return { subject: { api: residue.api, component }, from, to, up: open("up"), down: open("down") };
}

function placeOfOperation(
  step: ResidueStep,
  operation: Operation,
  entry: OperationResidue,
  declared: readonly DeclaredChange[],
): UnsettledPlace {
  const { resource, from, to } = step;
  const changes = changesOf(step, operation, declared);
  const open = (direction: Direction): UnsettledDirection => {
    const lacking = entry.in === (direction === "up" ? "older" : "newer");
    const refused = changes.some((change) => change[direction]?.refuse !== undefined);
    const settled = new Set(changes.flatMap((change) => settledBy(change, direction)));
    const isSettled = (pointer: Pointer): boolean => refused || settled.has(ALL) || settled.has(pointer);
    return { refuse: lacking && !refused, ...openPointers(entry[direction], isSettled) };
  };
  const newResource = Object.values(step.operations).every((other) => other.in === "newer");
  return { subject: { resource, operation, newResource }, from, to, up: open("up"), down: open("down") };
}

function openPointers(
  unsettled: Unsettled | undefined,
  isSettled: (pointer: Pointer) => boolean,
): Pick<UnsettledDirection, "fill" | "lose"> {
  const open = (pointers: object = {}): Pointer[] =>
    Object.keys(pointers).filter((pointer) => !isSettled(pointer));
  return { fill: open(unsettled?.sources), lose: open(unsettled?.disposals) };
}

function changesOf(
  { resource, from, to }: ResidueStep,
  operation: Operation,
  declared: readonly DeclaredChange[],
): DeclaredChange[] {
  return declared.filter(
    (change) =>
      "resource" in change &&
      change.resource === resource &&
      change.from === from &&
      change.to === to &&
      (change.operation === EVERY_OPERATION || unnamed(change.operation) === unnamed(operation)),
  );
}
