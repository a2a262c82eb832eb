import { canonicalJson } from "@mojaloop-versioning/protocol";
import type { CompiledStep } from "../compile/compiled-step.ts";
import { pointerOf, type Pointer } from "../values/pointer.ts";
import { note, recordRefusal, type Run } from "../compile/run.ts";
import { pack, STASH, storeKey, versionsIn } from "./stash.ts";

/**
 * Decides which of the values that a step has set aside go into the stash. A value that the opposite direction derives from the
 * converted message is not stashed.
 */
export function collectStash(body: unknown, step: CompiledStep, run: Run): void {
  for (const { changeId, template, pointer, value } of run.setAside) {
    const derived = deriveAgain(step, template, body);
    const redundant = derived !== undefined && canonicalJson(derived) === canonicalJson(value);
    note(run, redundant ? "dropped" : "stashed", { changeId, template: pointer });
    if (redundant) continue;
    run.stashed ??= {};
    (run.stashed[step.from] ??= {})[pointer] = value;
  }
  run.setAside.length = 0;
}

/** Puts the stash into the extension list at `place`, or else into the caller's store; without either the message is refused. */
export function putStash(body: unknown, run: Run, place: readonly string[] | undefined): unknown {
  const stashed = { ...run.carried, ...run.stashed };
  const packed = place === undefined ? undefined : pack(body, place, stashed);
  if (packed !== undefined) {
    reportList(run, pointerOf(place ?? []));
    return packed;
  }
  const { stash } = run.context;
  if (typeof stash === "object") {
    stash.set(storeKey(body), canonicalJson(stashed));
    return body;
  }
  const stashedPointers = versionsIn(stashed).map((version) =>
    Object.keys(stashed[version] ?? {}).join(", "),
  );
  recordRefusal(run, {
    changeId: STASH,
    code: "3103",
    message: `the extension list has no room for ${stashedPointers.join(", ")}, and the context has no stash store`,
    ...(place !== undefined && { template: pointerOf(place) }),
  });
  return body;
}

// What the opposite direction would derive; nothing if it would refuse the message.
function deriveAgain(step: CompiledStep, template: Pointer, body: unknown): unknown {
  try {
    return step.derivable.get(template)?.(body);
  } catch {
    return undefined;
  }
}

// Adds the extension list, which carries the stash, to the report.
function reportList(run: Run, list: Pointer): void {
  if (!run.report) return;
  run.report.stashed = run.report.stashed.map((entry) => ({ ...entry, to: list }));
  // Values of an earlier conversion that travel on have a new guard.
  if (run.carried && Object.keys(run.carried).length > 0)
    note(run, "changed", { changeId: STASH, template: list });
}
