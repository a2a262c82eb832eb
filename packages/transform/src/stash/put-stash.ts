import { canonicalJson } from "@mojaloop-versioning/protocol";
import type { CompiledStep } from "../compile/compiled-step.ts";
import { pointerOf } from "../values/pointer.ts";
import { note, recordRefusal, type Run } from "../compile/run.ts";
import { pack, STASH, storeKey, versionsIn } from "./stash.ts";

/**
 * Decides which of the values that a step has set aside go into the stash. A value that the opposite direction derives from the
 * converted message is not stashed.
 */
export function collectStash(body: unknown, step: CompiledStep, run: Run): void {
  for (const { changeId, template, pointer, value } of run.setAside) {
    const derived = step.derivable.get(template)?.(body);
    const redundant = derived !== undefined && canonicalJson(derived) === canonicalJson(value);
    note(run, redundant ? "dropped" : "stashed", changeId, pointer);
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
  if (packed !== undefined) return packed;
  const { stash } = run.context;
  if (typeof stash === "object") {
    stash.set(storeKey(body), canonicalJson(stashed));
    return body;
  }
  const stashedPointers = versionsIn(stashed).map((version) =>
    Object.keys(stashed[version] ?? {}).join(", "),
  );
  recordRefusal(
    run,
    STASH,
    "3103",
    `the extension list has no room for ${stashedPointers.join(", ")}, and the context has no stash store`,
    {
      ...(place !== undefined && { template: pointerOf(place) }),
    },
  );
  return body;
}
