import type { Draft } from "./draft.ts";
import { RULES } from "../rules/rules.ts";

/** Longest value shown in a line, and longest where two are shown. */
const SHOWN = 60;
const SHOWN_OF_TWO = 32;

/** A change in one line: what changed, and from what to what. */
export function describeFinding({ id, subject, from, to }: Draft): string {
  const words = RULES.get(id)?.text ?? id;
  const about = subject === undefined ? words : `${subject}: ${words}`;
  if (from !== undefined && to !== undefined)
    return `${about}: ${show(from, SHOWN_OF_TWO)} → ${show(to, SHOWN_OF_TWO)}`;
  if (to !== undefined) return `${about}: ${show(to, SHOWN)}`;
  return from === undefined ? about : `${about}: ${show(from, SHOWN)}`;
}

function show(value: unknown, most: number): string {
  const list = Array.isArray(value) ? value.map(showOne).join(", ") : showOne(value);
  return list.length > most ? `${list.slice(0, most - 1)}…` : list;
}

function showOne(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
