import {
  createOperationMatcher,
  errorBody,
  fillPath,
  formatMediaType,
  HEADER,
  kindOf,
  MAX_BODY_SIZE,
  parseMediaType,
  readErrorCallback,
  resourceOf,
  statusOf,
  unacceptableVersion,
  type ErrorBody,
  type ErrorCode,
  type Operation,
  type OperationMatch,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import type { Arrival } from "./callback.ts";
import type { Conversations } from "./conversations.ts";
import type { Dictionary } from "./dictionary.ts";
import { notFound, type Incoming, type Reply } from "./incoming.ts";
import type { ClientOptions, Validate } from "./options.ts";
import { errorOfBody } from "./outcome.ts";

/** Takes a callback; `undefined` for what is no business of a client's callbacks. */
export type Receive = (incoming: Incoming) => Promise<Reply> | undefined;

/** API Definition 7.6: the error of an id that nobody here knows, by resource. */
const UNKNOWN_ID: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  ["quotes", "3205"],
  ["transactionRequests", "3206"],
  ["transactions", "3207"],
  ["transfers", "3208"],
]);

/** Makes the receiving side of a client. */
export function createReceive(
  options: ClientOptions<Api>,
  dictionary: Dictionary,
  conversations: Conversations,
): Receive {
  const { api, conversion, verify, basePath = "" } = options;
  const { dialect } = api;
  if (!dialect) return () => undefined;
  const match = createOperationMatcher(
    Object.keys(api.operations) as Operation[], // the keys of every operations table
  );
  // What an arrival is typed as follows from its operation; here, between the two, it is any of them.
  const validate = options.validate as Validate<Operation> | undefined;
  const onCallback = options.onCallback as ((arrival: Arrival) => unknown) | undefined;

  const mediaType = (operation: Operation, version?: Version): string =>
    formatMediaType({ resource: resourceOf(operation), dialect, ...(version && { version }) });

  function refused(operation: Operation, code: ErrorCode, description?: string): Reply {
    return reject(operation, errorBody(code, description), statusOf(code));
  }

  function reject(operation: Operation, body: ErrorBody, status: number): Reply {
    return {
      status,
      headers: { [HEADER.contentType]: mediaType(operation, dictionary.own(operation)) },
      body,
    };
  }

  /** The version of the body, or the refusal of a Content-Type that does not say one which can be read. */
  function readVersion(operation: Operation, contentTypes: readonly string[]): Version | Reply {
    const resource = resourceOf(operation);
    const [text, ...others] = new Set(contentTypes);
    if (!text) return refused(operation, "3102", "Content-Type is missing");
    const type = others.length === 0 ? parseMediaType(text) : undefined;
    if (type?.version === undefined || type.resource !== resource.toLowerCase() || type.dialect !== dialect) {
      return refused(
        operation,
        "3101",
        `Content-Type must be ${mediaType(operation)} with a version of major and minor`,
      );
    }
    const readable = dictionary.readable(operation);
    if (readable.includes(type.version)) return type.version;
    const accept = readable.map((version) => mediaType(operation, version)).join(",");
    const refusal = reject(operation, unacceptableVersion(readable), statusOf("3001"));
    return { ...refusal, headers: { ...refusal.headers, [HEADER.accept]: accept } };
  }

  async function take(incoming: Incoming, { operation, params }: OperationMatch): Promise<Reply> {
    const { source, destination } = incoming;
    const version = readVersion(operation, incoming.contentTypes);
    if (typeof version === "object") return version;
    if (!source) return refused(operation, "3102", "FSPIOP-Source is missing");
    const read = await incoming.readBody();
    if (read === "too large") {
      return refused(operation, "3104", `The body must not exceed ${MAX_BODY_SIZE} bytes`);
    }
    const body = read === "not text" ? undefined : objectOf(read.text);
    if (read === "not text" || !body) return refused(operation, "3101", "The body must be a JSON object");
    const verdict = await verify?.({
      method: incoming.method,
      paths: [incoming.path, basePath + incoming.path],
      headers: incoming.headers,
      body: read.text,
    });
    if (verdict?.ok === false) return refused(operation, "3105", verdict.message);
    if (kindOf(operation) === "errorCallback" && !readErrorCallback(body)) {
      return refused(operation, "3102", "errorInformation is missing");
    }

    const accepted: Reply = { status: 200, headers: { [HEADER.contentType]: mediaType(operation, version) } };
    const request = `${incoming.method} ${incoming.path} ${source}`;
    const translation = dictionary.translation(operation, version, dictionary.own(operation));
    const converted =
      typeof translation === "function"
        ? await translation.async(body, { ...conversion, params })
        : { ok: true as const, body, params };
    if (!converted.ok) {
      const { refusal } = converted;
      if (refusal.disposition === "swallow") return accepted;
      const end = conversations.claim(answerPath(operation, params));
      const ending = { error: errorOfBody("conversion", refusal.body), source };
      return { ...reject(operation, refusal.body, refusal.status), afterwards: () => end?.(ending) };
    }
    if (validate && api.operations[operation]?.body !== undefined) {
      const verdict = validate(operation, converted.body);
      if (!verdict.ok) {
        return refused(operation, "3100", `${verdict.pointer || "The body"} ${verdict.message}`);
      }
    }

    const arrival: Arrival = {
      operation,
      params: converted.params ?? params,
      body: converted.body,
      version,
      source,
      ...(destination && { destination }),
    };
    const end =
      kindOf(operation) === "notification"
        ? undefined
        : conversations.claim(answerPath(operation, arrival.params));
    const taken = await conversations.take(request, read.text, async () => {
      if (!end) await onCallback?.(arrival);
      return end !== undefined || onCallback !== undefined;
    });
    return taken
      ? { ...accepted, afterwards: () => end?.(arrival) }
      : refused(operation, UNKNOWN_ID.get(resourceOf(operation)) ?? "3200", `Nobody waits for ${operation}`);
  }

  return (incoming) => {
    const { method, path } = incoming;
    if (method !== "PUT" && method !== "PATCH") return undefined;
    const matched = match(method, path);
    if (matched) return take(incoming, matched);
    const resource = resourceOf(`${method} /${path.slice(1)}`);
    if (!Object.hasOwn(api.resources, resource)) return undefined;
    return Promise.resolve(notFound(method, path));
  };
}

// An error callback ends the same conversation as the callback in whose place it comes (API Definition 9.2).
function answerPath(operation: Operation, params: Readonly<Record<string, string>>): string {
  const template = operation.slice(operation.indexOf(" ") + 1);
  return fillPath(
    kindOf(operation) === "errorCallback" ? template.slice(0, -"/error".length) : template,
    params,
  );
}

function objectOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
