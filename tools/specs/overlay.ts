import { openapiOverlay, type OpenAPIOverlayAction } from "openapi-format";

import { isObject, type JsonObject } from "./document.ts";
import { specError } from "./spec-error.ts";

/** One correction of a published document. */
export interface OverlayAction {
  readonly target: string;
  /** Why. */
  readonly description: string;
  /** What says so: a document and section, a service's code, a finding of ours. */
  readonly source: string;
}

/** The actions of an overlay (OpenAPI Overlay 1.0), each with its reason and source. */
export function actionsOf(overlay: JsonObject, file: string): OverlayAction[] {
  const { overlay: version, actions } = overlay;
  if (typeof version !== "string" || !version.startsWith("1.0.")) {
    throw specError(`${file} at /overlay`, "must be an OpenAPI Overlay 1.0.x");
  }
  if (!Array.isArray(actions) || actions.length === 0) {
    throw specError(`${file} at /actions`, "must list at least one action");
  }
  return actions.map((action, i) => {
    const at = `${file} at /actions/${String(i)}`;
    if (!isObject(action)) throw specError(at, "must be an object");
    const { target, description, "x-source": source } = action;
    if (typeof target !== "string") throw specError(at, "has no target");
    if (typeof description !== "string") throw specError(at, "has no description: write the reason there");
    if (typeof source !== "string") throw specError(at, "has no x-source: name what says so");
    if (action["remove"] !== true && action["update"] === undefined) {
      throw specError(at, "neither removes nor updates");
    }
    return { target, description, source };
  });
}

/**
 * The document with an overlay applied, in a copy.
 * @throws VersioningError `invalid-spec` for a malformed action or one whose target is nowhere in the document
 */
export async function applyOverlay(
  document: JsonObject,
  overlay: JsonObject,
  file: string,
): Promise<JsonObject> {
  const actions = actionsOf(overlay, file);
  let current = structuredClone(document);
  // One action at a time, so that an action that hits nothing can be named by its place.
  for (const [i, action] of actions.entries()) {
    const one = { ...overlay, actions: [asGiven(overlay, i)] };
    // The library's typings say `any` for the documents; the value is the document it was given.
    const applied = (await openapiOverlay(current, { overlaySet: one })) as {
      data: JsonObject;
      resultData: { totalUsedActions: number };
    };
    if (applied.resultData.totalUsedActions !== 1) {
      throw specError(`${file} at /actions/${String(i)}`, `the target ${action.target} hits nothing`);
    }
    current = applied.data;
  }
  return current;
}

function asGiven(overlay: JsonObject, i: number): OpenAPIOverlayAction {
  const { actions } = overlay;
  return (actions as unknown as OpenAPIOverlayAction[])[i] ?? { target: "" }; // actionsOf checked their form
}
