import type { Api, ApiOperation } from "../read/api.ts";
import { pointerTo } from "../schema/json.ts";
import { record, type Drafts } from "./drafts.ts";
import { compareOperation } from "./operations.ts";
import type { OperationPair, Setting } from "./setting.ts";

/** Compares what the server sends by itself or later: webhooks, and the callbacks of operations that both sides have. */
export function compareCallbacks(base: Api, revision: Api, setting: Setting): void {
  // The server sends these bodies, so the client receives them.
  const reversed: Setting = { ...setting, polarityOf: () => "response" };
  compareWebhooks(base, revision, reversed);
  for (const [key, before] of base.operations) {
    const after = revision.operations.get(key);
    if (after) compareCallbacksOf({ base: before, revision: after }, reversed);
  }
}

function compareWebhooks(base: Api, revision: Api, setting: Setting): void {
  for (const [name, before] of base.webhooks) {
    const after = revision.webhooks.get(name);
    if (!after) {
      remove(
        { kind: "webhook", operation: `webhook ${name}`, pointer: webhookPointer(name) },
        setting.drafts,
      );
      continue;
    }
    for (const [method, operation] of before) {
      const other = after.get(method);
      if (other) compareOperation({ base: operation, revision: other }, setting);
    }
  }
  for (const name of revision.webhooks.keys()) {
    if (base.webhooks.has(name)) continue;
    add({ kind: "webhook", operation: `webhook ${name}`, pointer: webhookPointer(name) }, setting.drafts);
  }
}

function webhookPointer(name: string): string {
  return pointerTo("#/webhooks", name);
}

function compareCallbacksOf({ base, revision }: OperationPair, setting: Setting): void {
  for (const [key, sent] of base.callbacks) {
    const other = revision.callbacks.get(key);
    if (other) compareOperation({ base: sent, revision: other }, setting);
    else remove(callbackOf(sent), setting.drafts);
  }
  for (const [key, sent] of revision.callbacks) {
    if (!base.callbacks.has(key)) add(callbackOf(sent), setting.drafts);
  }
}

interface Sent {
  readonly kind: "webhook" | "callback";
  readonly operation: string;
  readonly pointer: string;
}

function callbackOf({ name, pointer }: ApiOperation): Sent {
  return { kind: "callback", operation: name, pointer };
}

function remove({ kind, operation, pointer }: Sent, drafts: Drafts): void {
  const oldToNew = { operation, part: "request", note: `the revision has no such ${kind}` };
  record(drafts, { id: `${kind}-removed`, operation, basePointer: pointer, oldToNew });
}

function add({ kind, operation, pointer }: Sent, drafts: Drafts): void {
  record(drafts, { id: `${kind}-added`, operation, revisionPointer: pointer });
}
