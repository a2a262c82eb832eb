import type { ErrorCode, Operation, Version } from "@mojaloop-versioning/protocol";
import { errorAnswer, type ErrorAnswer } from "../server/error-answer.ts";
import { validateWithDeployedIds } from "./deployed-ids.ts";
import type { SpokenApi } from "./spoken-api.ts";

/**
 * Which bodies are validated. `strict`: all, by the schema of their version. `deployed`: those that must be converted, with the ids that
 * deployed hubs accept under every version (UUIDs of versions 1 to 7, ULIDs). `off`: none.
 */
export type ValidationMode = "strict" | "deployed" | "off";

/** Validates the body of an operation in a version of its resource; `undefined` for a valid one. */
export type BodyValidator = (
  operation: Operation,
  resource: string,
  version: Version,
  body: unknown,
) => ErrorAnswer | undefined;

/** Makes a validator of bodies. If several APIs have the same version of a resource, the schema of the newest API applies. */
export function createBodyValidator(apis: readonly SpokenApi[], mode: ValidationMode): BodyValidator {
  return (operation, resource, version, body) => {
    const spoken = apis.findLast(({ api }) => api.resources[resource] === version);
    const { validateBody } = spoken ?? {};
    if (!validateBody || mode === "off") return undefined;
    const validate = (candidate: unknown) => validateBody(operation, candidate);
    const validation = mode === "strict" ? validate(body) : validateWithDeployedIds(validate, body);
    if (validation.ok) return undefined;
    const { pointer, message } = validation;
    return errorAnswer(
      codeOf(body, message),
      pointer === "" ? `The body ${message}` : `${pointer} ${message}`,
    );
  };
}

// The validation errors of API Definition 7.6.
function codeOf(body: unknown, message: string): ErrorCode {
  if (body === undefined || message === "is missing") return "3102";
  if (/^must have at most \d+ items$/.test(message)) return "3103";
  return /^must be (?:text|a list|an object|a number|a whole number|true or false)/.test(message)
    ? "3101"
    : "3100";
}
