import {
  createOperationMatcher,
  resourceOf,
  type Operation,
  type OperationMatch,
} from "@mojaloop-versioning/protocol";
import { readCatalogued } from "./catalogue.ts";
import { CommandError, EXIT } from "./exit.ts";

/** One message from standard input. */
export interface GivenMessage {
  readonly operation: Operation;
  readonly resource: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The input, if it was more than a body. */
  readonly whole: WholeMessage | undefined;
}

/** A message with its request line. */
export interface WholeMessage {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * Reads a whole message, or a body whose operation is given separately.
 * @param id the API version of the message, an id of the catalogue
 * @throws CommandError
 */
export function readMessage(text: string, id: string, named: string | undefined): GivenMessage {
  const given = parse(text, named !== undefined);
  if (named !== undefined) return locate(named, id, given, undefined);
  if (!isWhole(given)) {
    throw unreadable(
      "the message is not an object { method, path, headers?, body }; for a body alone, add --operation",
    );
  }
  return locate(`${given.method.toUpperCase()} ${given.path}`, id, given.body, given);
}

function parse(text: string, mayBeEmpty: boolean): unknown {
  if (text.trim() === "" && mayBeEmpty) return undefined; // GET has no body
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(/\s+/g, " ") : String(error);
    throw new CommandError(EXIT.unreadable, `the message is not JSON: ${reason}`, { cause: error });
  }
}

function locate(line: string, id: string, body: unknown, whole: WholeMessage | undefined): GivenMessage {
  const [method = "", target = "", ...rest] = line.split(" ");
  const [path = "", search] = target.split("?", 2);
  const found = matchIn(id, method, path);
  if (!found) throw unreadable(`${id} has no ${method} ${path}`);
  // The status of a response follows the operation: "GET /settlements/{id} 200".
  const operation: Operation = `${found.operation}${rest.map((word) => ` ${word}`).join("")}`;
  // A path template has no values for its parameters.
  const params = Object.entries(found.params).filter(([, value]) => !value.startsWith("{"));
  return {
    operation,
    resource: resourceOf(found.operation),
    params: Object.fromEntries(params),
    query: Object.fromEntries(new URLSearchParams(search)),
    body,
    whole,
  };
}

/** The operation of an API version that matches a method and a path without query. */
export function matchIn(id: string, method: string, path: string): OperationMatch | undefined {
  return createOperationMatcher(operationsOf(id))(method, path);
}

function operationsOf(id: string): Operation[] {
  const { paths } = readCatalogued(id) as { paths: Readonly<Record<string, object>> }; // a document of the checked catalogue
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method): Operation => `${method.toUpperCase()} /${path.slice(1)}`),
  );
}

function isWhole(given: unknown): given is WholeMessage {
  if (typeof given !== "object" || given === null) return false;
  if (!("method" in given && "path" in given)) return false;
  if (typeof given.method !== "string" || typeof given.path !== "string") return false;
  if (!("headers" in given) || given.headers === undefined) return true;
  const { headers } = given;
  return (
    typeof headers === "object" &&
    headers !== null &&
    Object.values(headers).every((value) => typeof value === "string")
  );
}

function unreadable(message: string): CommandError {
  return new CommandError(EXIT.unreadable, message);
}
