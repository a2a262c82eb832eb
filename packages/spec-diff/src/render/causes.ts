import type { Finding, Verdict, Witness } from "../report/finding.ts";
import { worst } from "../report/resources.ts";
import type { Level } from "../rules/rule.ts";

/** One change as a reader sees it: all findings that it causes, in requests and responses. */
export interface Cause {
  readonly level: Level;
  readonly text: string;
  readonly ids: readonly string[];
  readonly findings: readonly Finding[];
  /** Places in the documents; more than one where objects are closed or opened in many places. */
  readonly pointers: readonly string[];
  readonly operations: readonly string[];
  readonly oldToNew: Verdict;
  readonly newToOld: Verdict;
  readonly witness: { readonly oldToNew?: Witness; readonly newToOld?: Witness };
  /** The rules that keep a proven break from being an error, with their reasons. */
  readonly capped: readonly string[];
}

/** Groups findings by cause, in their order; the first one of a cause has the worst level. */
export function causesOf(findings: readonly Finding[]): Cause[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.cause);
    if (group) group.push(finding);
    else groups.set(finding.cause, [finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [causeOf(first, group)] : [];
  });
}

function causeOf(first: Finding, group: readonly Finding[]): Cause {
  const pointers = [...new Set(group.map(({ pointer }) => pointer))];
  const isPolicy = first.cause === "objects closed" || first.cause === "objects opened";
  const oldToNew = group.find(({ witness }) => witness?.oldToNew)?.witness?.oldToNew;
  const newToOld = group.find(({ witness }) => witness?.newToOld)?.witness?.newToOld;
  return {
    level: first.level,
    text: isPolicy && pointers.length > 1 ? `${String(pointers.length)} objects ${first.text}` : first.text,
    ids: [...new Set(group.map(({ id }) => id))],
    findings: group,
    pointers,
    operations: [...new Set(group.flatMap(({ operations }) => operations))],
    oldToNew: worst(group.map((finding) => finding.oldToNew)),
    newToOld: worst(group.map((finding) => finding.newToOld)),
    witness: { ...(oldToNew && { oldToNew }), ...(newToOld && { newToOld }) },
    capped: [
      ...new Set(
        group.flatMap(({ id, level, capped }) =>
          capped === undefined ? [] : [`proven, capped to ${level} by rule ${id}: ${capped}`],
        ),
      ),
    ],
  };
}
