import { compareVersions, type Version } from "@mojaloop-versioning/protocol";
import { invalidChange } from "../check/expect.ts";
import { unnamed } from "../compile/neighbours.ts";
import { planMove } from "../compile/move.ts";
import { movesOf } from "../compile/settled-pointers.ts";
import {
  isComparison,
  isDeclared,
  type ApiComparison,
  type Change,
  type ComponentChange,
  type DeclaredChange,
  type OperationChange,
} from "../declare/change.ts";
import { EVERY_OPERATION } from "../declare/define-change.ts";

/**
 * Checks the changes of a registry against each other: each lies between neighbouring versions, and its operation or component is in
 * the comparison of these versions, if there is one.
 * @throws VersioningError `invalid-change`
 */
export function checkSteps(changes: readonly Change[]): void {
  const comparisons = changes.filter(isComparison);
  const declared = changes.filter(isDeclared);
  for (const change of declared) {
    if ("component" in change) checkComponent(change, comparisons);
    else checkOperation(change, comparisons, declared);
    checkMoves(change);
  }
}

function checkOperation(
  change: OperationChange,
  comparisons: readonly ApiComparison[],
  declared: readonly DeclaredChange[],
): void {
  const { id, resource, from, to } = change;
  const steps = comparisons.flatMap(({ residue }) =>
    residue.steps.filter((step) => step.resource === resource),
  );
  const listed = steps.filter((step) => step.from === from && step.to === to);
  const others = declared.filter((other) => "resource" in other && other.resource === resource);
  if (listed.length === 0) checkNeighbours(change, [...steps, ...others]);
  if (listed.length === 0 || change.operation === EVERY_OPERATION) return;
  const operations = listed.flatMap((step) => Object.keys(step.operations));
  if (
    operations.some(
      (operation) => unnamed(operation as OperationChange["operation"]) === unnamed(change.operation),
    )
  )
    return; // keys of a step are operations
  throw invalidChange(
    id,
    "operation",
    `is ${change.operation}; ${resource} ${from} to ${to} has ${operations.join(", ")}`,
  );
}

interface Versions {
  readonly from: Version;
  readonly to: Version;
}

// A change over a version in between would replace the changes to and from it, whatever they refuse.
function checkNeighbours({ id, from, to }: OperationChange, known: readonly Versions[]): void {
  const versions = known.flatMap((pair) => [pair.from, pair.to]);
  const between = versions.find(
    (version) => compareVersions(from, version) < 0 && compareVersions(version, to) < 0,
  );
  if (between === undefined) return;
  throw invalidChange(
    id,
    "to",
    `is ${to}, but ${between} lies between ${from} and ${to}; declare ${from} to ${between} and ${between} to ${to}`,
  );
}

function checkComponent(change: ComponentChange, comparisons: readonly ApiComparison[]): void {
  const { id, api, component, from, to } = change;
  const tables = comparisons.filter(({ residue }) => residue.api === api).map(({ residue }) => residue);
  if (tables.length === 0) {
    const known = comparisons.map(({ residue }) => residue.api).join(", ") || "none";
    throw invalidChange(id, "api", `is "${api}", of which the registry has no comparison; it has ${known}`);
  }
  const pairs = tables.flatMap((table) => Object.keys(table.components));
  if (!pairs.includes(`${from}>${to}`)) {
    const steps = pairs.map((pair) => pair.replace(">", " to ")).join(", ");
    throw invalidChange(id, "to", `is ${to}, but ${api} has no step from ${from} to ${to}; it has ${steps}`);
  }
  const components = tables.flatMap((table) => Object.keys(table.components[`${from}>${to}`] ?? {}));
  if (components.includes(component)) return;
  throw invalidChange(
    id,
    "component",
    `is ${component}, which has no difference; those of ${api} ${from} to ${to} are ${components.join(", ")}`,
  );
}

function checkMoves(change: DeclaredChange): void {
  for (const [older, newer] of movesOf(change)) {
    if (!planMove(older, newer)) {
      throw invalidChange(
        change.id,
        `move["${older}"]`,
        `to "${newer}" leaves its array item; both pointers must be equal up to the last *`,
      );
    }
  }
}
