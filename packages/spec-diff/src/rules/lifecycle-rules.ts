import { rulesDetectedIn, type Rule } from "./rule.ts";

/** Deprecation, sunset and stability of operations. */
export const OPERATION_LIFECYCLE_RULES: readonly Rule[] = rulesDetectedIn("operations/metadata.ts", [
  {
    id: "endpoint-deprecated-with-sunset",
    level: "info",
    effect: "none",
    text: "operation deprecated, with a sunset date",
    mirror: "endpoint-reactivated",
  },
  {
    id: "endpoint-deprecated",
    level: "info",
    effect: "none",
    text: "operation deprecated",
    mirror: "endpoint-reactivated",
  },
  {
    id: "endpoint-reactivated",
    level: "info",
    effect: "none",
    text: "operation no longer deprecated",
    mirror: "endpoint-deprecated",
  },
  {
    id: "api-deprecated-sunset-parse",
    level: "error",
    effect: "none",
    text: "sunset is not a date",
    mirror: "endpoint-reactivated",
  },
  {
    id: "api-sunset-date-too-small",
    level: "error",
    effect: "none",
    text: "sunset date is in the past",
    mirror: "endpoint-reactivated",
  },
  {
    id: "api-sunset-deleted",
    level: "error",
    effect: "none",
    text: "sunset of a deprecated operation removed",
    mirror: "endpoint-deprecated",
  },
  {
    id: "api-sunset-date-changed-too-small",
    level: "error",
    effect: "none",
    text: "sunset moved to a date in the past",
    mirror: "api-sunset-date-changed-too-small",
  },
  {
    id: "api-sunset-date-earlier",
    level: "warn",
    effect: "none",
    text: "sunset moved to an earlier date",
    mirror: "endpoint-deprecated",
  },
  {
    id: "api-stability-decreased",
    level: "error",
    effect: "none",
    text: "stability lowered",
    mirror: "api-stability-increased",
  },
  {
    id: "api-stability-increased",
    level: "info",
    effect: "none",
    text: "stability raised",
    mirror: "api-stability-decreased",
  },
  {
    id: "api-invalid-stability-level",
    level: "error",
    effect: "none",
    text: "unknown stability level",
    mirror: "api-invalid-stability-level",
  },
]);

/** Deprecation and sunset of parameters. */
export const PARAMETER_LIFECYCLE_RULES: readonly Rule[] = rulesDetectedIn("operations/parameters.ts", [
  {
    id: "request-parameter-sunset-parse",
    level: "error",
    effect: "none",
    text: "sunset is not a date",
    mirror: "request-parameter-reactivated",
  },
  {
    id: "request-parameter-sunset-date-too-small",
    level: "error",
    effect: "none",
    text: "sunset date is in the past",
    mirror: "request-parameter-reactivated",
  },
  {
    id: "request-parameter-sunset-deleted",
    level: "error",
    effect: "none",
    text: "sunset of a deprecated parameter removed",
    mirror: "request-parameter-deprecated",
  },
  {
    id: "request-parameter-sunset-date-changed-too-small",
    level: "error",
    effect: "none",
    text: "sunset moved to a date in the past",
    mirror: "request-parameter-sunset-date-changed-too-small",
  },
  {
    id: "request-parameter-sunset-date-earlier",
    level: "warn",
    effect: "none",
    text: "sunset moved to an earlier date",
    mirror: "request-parameter-deprecated",
  },
  {
    id: "request-parameter-removed-with-deprecation",
    level: "info",
    effect: "none",
    text: "deprecated parameter removed",
    mirror: "new-optional-request-parameter",
  },
  {
    id: "request-parameter-removed-before-sunset",
    level: "error",
    effect: "depends",
    text: "deprecated parameter removed before its sunset",
    mirror: "new-optional-request-parameter",
  },
]);
