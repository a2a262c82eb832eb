import { rulesDetectedIn, type Rule } from "./rule.ts";

/** Parameters of requests. */
export const PARAMETER_RULES: readonly Rule[] = rulesDetectedIn("operations/parameters.ts", [
  {
    id: "path-parameter-renamed",
    level: "info",
    effect: "none",
    text: "path parameter renamed (its name is not sent)",
    mirror: "path-parameter-renamed",
  },
  {
    id: "new-required-request-parameter",
    level: "error",
    effect: "narrows",
    text: "required parameter added",
    mirror: "request-parameter-removed",
  },
  {
    id: "new-optional-request-parameter",
    level: "info",
    effect: "none",
    text: "optional parameter added",
    mirror: "request-parameter-removed",
  },
  {
    id: "new-required-request-default-parameter-to-existing-path",
    level: "error",
    effect: "narrows",
    text: "required parameter added to all operations of a path",
    mirror: "request-parameter-removed",
  },
  {
    id: "new-optional-request-default-parameter-to-existing-path",
    level: "info",
    effect: "none",
    text: "optional parameter added to all operations of a path",
    mirror: "request-parameter-removed",
  },
  {
    id: "new-request-path-parameter",
    level: "error",
    effect: "narrows",
    text: "path parameter added",
    mirror: "request-parameter-removed",
  },
  {
    id: "request-parameter-removed",
    level: "warn",
    effect: "depends",
    text: "parameter removed",
    mirror: "new-optional-request-parameter",
  },
  {
    id: "request-parameter-became-required",
    level: "error",
    effect: "narrows",
    text: "parameter became required",
    mirror: "request-parameter-became-optional",
  },
  {
    id: "request-parameter-became-optional",
    level: "info",
    effect: "widens",
    text: "parameter became optional",
    mirror: "request-parameter-became-required",
  },
  {
    id: "request-parameter-serialization-changed",
    level: "error",
    effect: "both",
    text: "serialization of the parameter changed",
    mirror: "request-parameter-serialization-changed",
  },
]);
