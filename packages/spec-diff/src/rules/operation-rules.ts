import { rulesDetectedIn, type Cap, type Rule } from "./rule.ts";

const ANNOUNCED: Cap = {
  level: "warn",
  reason: "the removal was announced by deprecation and its sunset date is over",
};

/** Operations that were added or removed. */
export const OPERATION_RULES: readonly Rule[] = rulesDetectedIn("operations/operations.ts", [
  {
    id: "endpoint-added",
    level: "info",
    effect: "none",
    text: "operation added",
    mirror: "api-removed-without-deprecation",
  },
  {
    id: "api-path-removed-without-deprecation",
    level: "error",
    effect: "narrows",
    text: "path removed",
    mirror: "endpoint-added",
  },
  {
    id: "api-path-removed-with-deprecation",
    level: "info",
    effect: "narrows",
    text: "deprecated path removed after its sunset",
    mirror: "endpoint-added",
    cap: ANNOUNCED,
  },
  {
    id: "api-path-removed-before-sunset",
    level: "error",
    effect: "narrows",
    text: "deprecated path removed before its sunset",
    mirror: "endpoint-added",
  },
  {
    id: "api-removed-without-deprecation",
    level: "error",
    effect: "narrows",
    text: "operation removed",
    mirror: "endpoint-added",
  },
  {
    id: "api-removed-with-deprecation",
    level: "info",
    effect: "narrows",
    text: "deprecated operation removed after its sunset",
    mirror: "endpoint-added",
    cap: ANNOUNCED,
  },
  {
    id: "api-removed-before-sunset",
    level: "error",
    effect: "narrows",
    text: "deprecated operation removed before its sunset",
    mirror: "endpoint-added",
  },
  {
    id: "api-path-sunset-parse",
    level: "error",
    effect: "none",
    text: "path removed, its sunset is not a date",
    mirror: "endpoint-added",
  },
]);

/** What describes an operation: its id and its tags. */
export const METADATA_RULES: readonly Rule[] = rulesDetectedIn("operations/metadata.ts", [
  {
    id: "api-operation-id-added",
    level: "info",
    effect: "none",
    text: "operationId added",
    mirror: "api-operation-id-removed",
  },
  {
    id: "api-operation-id-removed",
    level: "info",
    effect: "none",
    text: "operationId changed or removed",
    mirror: "api-operation-id-added",
  },
  { id: "api-tag-added", level: "info", effect: "none", text: "tag added", mirror: "api-tag-removed" },
  { id: "api-tag-removed", level: "info", effect: "none", text: "tag removed", mirror: "api-tag-added" },
]);

/** Webhooks and callbacks. */
export const CALLBACK_RULES: readonly Rule[] = rulesDetectedIn("operations/callbacks.ts", [
  { id: "webhook-added", level: "info", effect: "none", text: "webhook added", mirror: "webhook-removed" },
  {
    id: "webhook-removed",
    level: "error",
    effect: "narrows",
    text: "webhook removed",
    mirror: "webhook-added",
  },
  { id: "callback-added", level: "info", effect: "none", text: "callback added", mirror: "callback-removed" },
  {
    id: "callback-removed",
    level: "error",
    effect: "narrows",
    text: "callback removed",
    mirror: "callback-added",
  },
]);
