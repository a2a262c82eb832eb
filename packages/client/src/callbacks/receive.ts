import {
  createOperationMatcher,
  fillPath,
  formatMediaType,
  HEADER,
  kindOf,
  resourceOf,
  type ErrorCode,
  type Operation,
  type OperationMatch,
} from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import type { ClientOptions } from "../options.ts";
import { errorOfBody } from "../api/outcome.ts";
import type { InboundMessage } from "./callback.ts";
import type { Conversations } from "./conversations.ts";
import { notFound, type HttpReply, type IncomingHttp } from "./incoming.ts";
import type { MessageReader } from "./message-reader.ts";

/** Takes a message; `undefined` for one that is for another handler. */
export type Receive = (incoming: IncomingHttp) => Promise<HttpReply> | undefined;

interface ReceiveParts {
  readonly options: ClientOptions<Api>;
  readonly reader: MessageReader;
  readonly conversations: Conversations;
}

// API Definition 7.6: the error of an unknown id, by resource.
const UNKNOWN_ID: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  ["quotes", "3205"],
  ["transactionRequests", "3206"],
  ["transactions", "3207"],
  ["transfers", "3208"],
]);

/** Makes the part of a client that receives callbacks. */
export function createReceive(parts: ReceiveParts): Receive {
  const { api } = parts.options;
  const match = createOperationMatcher(
    Object.keys(api.operations) as Operation[], // the keys of every operations table
  );
  return (incoming) => {
    const { method, path } = incoming;
    if (method !== "PUT" && method !== "PATCH") return undefined;
    const matched = match(method, path);
    if (matched) return takeCallback(incoming, matched, parts);
    const resource = resourceOf(`${method} /${path.slice(1)}`);
    if (!Object.hasOwn(api.resources, resource)) return undefined;
    return Promise.resolve(notFound(method, path));
  };
}

async function takeCallback(
  incoming: IncomingHttp,
  matched: OperationMatch,
  { options, reader, conversations }: ReceiveParts,
): Promise<HttpReply> {
  const { operation } = matched;
  const reading = await reader.read(incoming, matched);
  if (!reading.ok) {
    const { reply, conversion } = reading;
    if (!conversion) return reply;
    if (conversion.isIgnored) return { status: 200, headers: reply.headers };
    // The request was answered, but its answer cannot be read: the program gets the error of the conversion.
    const { error, source } = conversion;
    const end = conversations.claim(requestPath(operation, matched.params));
    return { ...reply, afterwards: () => end?.({ error: errorOfBody("conversion", error), source }) };
  }
  const { message, text } = reading;
  const isNotification = kindOf(operation) === "notification";
  const end = isNotification ? undefined : conversations.claim(requestPath(operation, message.params));
  // The type of a callback follows from its operation; here it is any of them.
  const onCallback = options.onCallback as ((message: InboundMessage) => unknown) | undefined;
  const request = `${incoming.method} ${incoming.path} ${message.source}`;
  const isTaken = await conversations.once(request, text, async () => {
    if (!end) await onCallback?.(message);
    return end !== undefined || onCallback !== undefined;
  });
  if (!isTaken) {
    const code = UNKNOWN_ID.get(resourceOf(operation)) ?? "3200";
    return reader.refuse(operation, code, `No request awaits ${operation}`);
  }
  const { dialect } = options.api;
  const type = formatMediaType({
    resource: resourceOf(operation),
    ...(dialect && { dialect }),
    version: message.version,
  });
  return { status: 200, headers: { [HEADER.contentType]: type }, afterwards: () => end?.(message) };
}

// An error callback ends the same conversation as the callback that it replaces (API Definition 9.2).
function requestPath(operation: Operation, params: Readonly<Record<string, string>>): string {
  const template = operation.slice(operation.indexOf(" ") + 1);
  const isError = kindOf(operation) === "errorCallback";
  return fillPath(isError ? template.slice(0, -"/error".length) : template, params);
}
