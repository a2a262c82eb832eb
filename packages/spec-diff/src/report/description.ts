import { RULES } from "../rules/rules.ts";
import type { Draft } from "./draft.ts";
import { escapeControls, shown, shownChange } from "./shown.ts";

/** A change in one line: what changed, and from what to what. */
export function describeFinding({ id, subject, from, to }: Draft): string {
  const text = RULES.get(id)?.text ?? id;
  const about = subject === undefined ? text : `${escapeControls(subject)}: ${text}`;
  if (from !== undefined && to !== undefined) return `${about}: ${shownChange(from, to)}`;
  if (to !== undefined) return `${about}: ${shown(to)}`;
  return from === undefined ? about : `${about}: ${shown(from)}`;
}
