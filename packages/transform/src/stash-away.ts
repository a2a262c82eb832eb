import { canonicalJson } from "./json.ts";
import type { Leg } from "./leg.ts";
import { pointerOf } from "./pointer.ts";
import { note, refuse, type Run } from "./run.ts";
import { pack, STASH, storeKey, versionsIn } from "./stash.ts";

/**
 * Decides over what a leg has set aside for the stash. A value that the way back derives from the message as it now is need not
 * travel with it.
 */
export function settleKept(body: unknown, leg: Leg, run: Run): void {
  for (const { changeId, template, pointer, value } of run.kept) {
    const derived = leg.derivable.get(template)?.(body);
    const needless = derived !== undefined && canonicalJson(derived) === canonicalJson(value);
    note(run, needless ? "dropped" : "stashed", changeId, pointer);
    if (needless) continue;
    run.stashed ??= {};
    (run.stashed[leg.from] ??= {})[pointer] = value;
  }
  run.kept.length = 0;
}

/** Sends the stash along: in the extension list at `place`, or in the caller's store, or else the message is refused. */
export function putStash(body: unknown, run: Run, place: readonly string[] | undefined): unknown {
  const stashed = { ...run.carried, ...run.stashed };
  const packed = place === undefined ? undefined : pack(body, place, stashed);
  if (packed !== undefined) return packed;
  const { stash } = run.context;
  if (typeof stash === "object") {
    stash.set(storeKey(body), canonicalJson(stashed));
    return body;
  }
  const held = versionsIn(stashed).map((version) => Object.keys(stashed[version] ?? {}).join(", "));
  refuse(
    run,
    STASH,
    "3103",
    `the extension list has no room for ${held.join(", ")}, and no stash store is given`,
    {
      ...(place !== undefined && { template: pointerOf(place) }),
    },
  );
  return body;
}
