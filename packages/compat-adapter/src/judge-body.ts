import type { ErrorCode, Operation, Version } from "@mojaloop-versioning/protocol";
import type { SpokenApi } from "./api.ts";
import { refusal, type Refusal } from "./refusal.ts";

/** Says what is wrong with the body of an operation in a version of its resource; `undefined` where nothing is. */
export type BodyJudge = (
  operation: Operation,
  resource: string,
  version: Version,
  body: unknown,
) => Refusal | undefined;

/** Makes a judge of bodies; where several APIs have the same version of a resource, the newest one decides. */
export function createBodyJudge(apis: readonly SpokenApi[]): BodyJudge {
  return (operation, resource, version, body) => {
    const judge = apis.findLast(({ api }) => api.resources[resource] === version);
    const verdict = judge?.validateBody?.(operation, body);
    if (!verdict || verdict.ok) return undefined;
    const { pointer, message } = verdict;
    return refusal(codeOf(body, message), pointer === "" ? `The body ${message}` : `${pointer} ${message}`);
  };
}

// API Definition 7.6, Table of the validation errors.
function codeOf(body: unknown, message: string): ErrorCode {
  if (body === undefined || message === "is missing") return "3102";
  if (/^must have at most \d+ items$/.test(message)) return "3103";
  return /^must be (?:text|a list|an object|a number|a whole number|true or false)/.test(message)
    ? "3101"
    : "3100";
}
