import type { ErrorCode, Operation, Version } from "@mojaloop-versioning/protocol";
import { errorAnswer, type ErrorAnswer } from "../server/error-answer.ts";
import type { SpokenApi } from "./spoken-api.ts";

/** Validates the body of an operation in a version of its resource; `undefined` for a valid one. */
export type BodyValidator = (
  operation: Operation,
  resource: string,
  version: Version,
  body: unknown,
) => ErrorAnswer | undefined;

/** Makes a validator of bodies. If several APIs have the same version of a resource, the schema of the newest API applies. */
export function createBodyValidator(apis: readonly SpokenApi[]): BodyValidator {
  return (operation, resource, version, body) => {
    const spoken = apis.findLast(({ api }) => api.resources[resource] === version);
    const validation = spoken?.validateBody?.(operation, body);
    if (!validation || validation.ok) return undefined;
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
