import type { Api, ApiOperation } from "./api.ts";
import { pointerTo } from "./json.ts";
import { compareOperation, record, type Setting } from "./operation-changes.ts";

/** Compares what the server sends unasked or later: webhooks, and the callbacks of operations that both sides have. */
export function compareReversed(base: Api, revision: Api, setting: Setting): void {
  // The one who offers it sends its body.
  const reversed: Setting = { ...setting, polarityOf: () => "response" };
  compareWebhooks(base, revision, reversed);
  for (const [key, before] of base.operations) {
    const after = revision.operations.get(key);
    if (after) compareCallbacks(before, after, reversed);
  }
}

function compareWebhooks(base: Api, revision: Api, setting: Setting): void {
  const webhook = (name: string): string => pointerTo("#/webhooks", name);
  for (const [name, before] of base.webhooks) {
    const after = revision.webhooks.get(name);
    if (!after) {
      remove("webhook", `webhook ${name}`, webhook(name), setting);
      continue;
    }
    for (const [method, operation] of before) {
      const other = after.get(method);
      if (other) compareOperation(operation, other, setting);
    }
  }
  for (const name of revision.webhooks.keys()) {
    if (!base.webhooks.has(name)) add("webhook", `webhook ${name}`, webhook(name), setting);
  }
}

function compareCallbacks(before: ApiOperation, after: ApiOperation, setting: Setting): void {
  for (const [key, sent] of before.callbacks) {
    const other = after.callbacks.get(key);
    if (other) compareOperation(sent, other, setting);
    else remove("callback", sent.name, sent.pointer, setting);
  }
  for (const [key, sent] of after.callbacks) {
    if (!before.callbacks.has(key)) add("callback", sent.name, sent.pointer, setting);
  }
}

function remove(
  kind: "webhook" | "callback",
  operation: string,
  basePointer: string,
  { drafts }: Setting,
): void {
  const oldToNew = { operation, part: "request", note: `the revision has no such ${kind}` };
  record(drafts, { id: `${kind}-removed`, operation, basePointer, oldToNew });
}

function add(
  kind: "webhook" | "callback",
  operation: string,
  revisionPointer: string,
  { drafts }: Setting,
): void {
  record(drafts, { id: `${kind}-added`, operation, revisionPointer });
}
