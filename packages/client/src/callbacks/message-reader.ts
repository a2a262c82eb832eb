import {
  errorBody,
  formatMediaType,
  HEADER,
  isJsonObject,
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
import type { ClientOptions, Validate } from "../options.ts";
import type { ClientVersions } from "../send/client-versions.ts";
import type { InboundMessage } from "./callback.ts";
import { faultOfSource, parseJson } from "./message-checks.ts";
import { headerLines, type HttpReply, type IncomingHttp } from "./incoming.ts";

/** A message that was read, or the refusal of one that cannot be. */
export type Reading =
  | {
      readonly ok: true;
      readonly message: InboundMessage;
      /** The body as it came. */
      readonly text: string;
    }
  | {
      readonly ok: false;
      readonly reply: HttpReply;
      /** Set where the body has no equivalent in the client's version: the error of the conversion and who sent it. */
      readonly conversion?: {
        readonly error: ErrorBody;
        readonly isIgnored: boolean;
        readonly source: string;
      };
    };

/** Reads messages: source, version, body, signature, conversion to the client's own version, validation. */
export interface MessageReader {
  /** Without `versions`, Content-Type must contain a version that can be read, and the body is converted to the client's own. */
  read(
    incoming: IncomingHttp,
    match: OperationMatch,
    versions?: { readonly writtenIn: Version; readonly readAs: Version },
  ): Promise<Reading>;
  refuse(operation: Operation, code: ErrorCode, description?: string): HttpReply;
}

type Dialects = NonNullable<Api["dialect"]>;

/** Makes the reader of a client in one dialect. */
export function createMessageReader(
  options: ClientOptions<Api>,
  dialect: Dialects,
  versions: ClientVersions,
): MessageReader {
  const { conversion } = options;
  function answer(operation: Operation, body: ErrorBody, status: number): HttpReply {
    return {
      status,
      headers: { [HEADER.contentType]: mediaTypeOf(operation, dialect, versions.own(operation)) },
      body,
    };
  }

  function refuse(operation: Operation, code: ErrorCode, description?: string): HttpReply {
    return answer(operation, errorBody(code, description), statusOf(code));
  }

  const parts: ReaderParts = { options, dialect, versions, answer, refuse };
  return {
    refuse,
    async read(incoming, { operation, params }, negotiated) {
      const writtenIn =
        negotiated?.writtenIn ?? readVersion(operation, headerLines(incoming, HEADER.contentType), parts);
      if (typeof writtenIn === "object") return { ok: false, reply: writtenIn };
      const sources = new Set(headerLines(incoming, HEADER.source));
      const [source = ""] = sources;
      const sourceFault = faultOfSource(sources);
      if (sourceFault) return { ok: false, reply: refuse(operation, ...sourceFault) };
      const read = await readBody(incoming, operation, parts);
      if ("reply" in read) return { ok: false, reply: read.reply };
      const readAs = negotiated?.readAs ?? versions.own(operation);
      const converter = versions.converter(operation, writtenIn, readAs);
      const converted =
        typeof converter === "function"
          ? await converter.async(read.body, { ...conversion, params })
          : { ok: true as const, body: read.body, params };
      if (!converted.ok) {
        const { refusal } = converted;
        const isIgnored = refusal.disposition === "swallow";
        const reply = answer(operation, refusal.body, refusal.status);
        return { ok: false, reply, conversion: { error: refusal.body, isIgnored, source } };
      }
      const reply =
        readAs === versions.own(operation) ? invalid(operation, converted.body, parts) : undefined;
      if (reply) return { ok: false, reply };
      const { [HEADER.destination]: destination } = incoming.headers;
      return {
        ok: true,
        text: read.text,
        message: {
          operation,
          params: converted.params ?? params,
          body: converted.body,
          version: writtenIn,
          source,
          ...(typeof destination === "string" && destination !== "" && { destination }),
        },
      };
    },
  };
}

interface ReaderParts {
  readonly options: ClientOptions<Api>;
  readonly dialect: Dialects;
  readonly versions: ClientVersions;
  readonly answer: (operation: Operation, body: ErrorBody, status: number) => HttpReply;
  readonly refuse: MessageReader["refuse"];
}

function mediaTypeOf(operation: Operation, dialect: Dialects, version?: Version): string {
  return formatMediaType({ resource: resourceOf(operation), dialect, ...(version && { version }) });
}

// The version of the body, or the refusal of a Content-Type without one that can be read.
function readVersion(
  operation: Operation,
  contentTypes: readonly string[],
  { dialect, versions, answer, refuse }: ReaderParts,
): Version | HttpReply {
  const [text, ...others] = new Set(contentTypes);
  if (!text) return refuse(operation, "3102", "Content-Type is missing");
  const type = others.length === 0 ? parseMediaType(text) : undefined;
  const isOurs = type?.resource === resourceOf(operation).toLowerCase() && type.dialect === dialect;
  if (!isOurs || type.version === undefined) {
    const accepted = `Content-Type must be ${mediaTypeOf(operation, dialect)} with a version of major and minor`;
    return refuse(operation, "3101", accepted);
  }
  const readable = versions.readable(operation);
  if (readable.includes(type.version)) return type.version;
  const refusal = answer(operation, unacceptableVersion(readable), statusOf("3001"));
  const accept = readable.map((version) => mediaTypeOf(operation, dialect, version)).join(",");
  return { ...refusal, headers: { ...refusal.headers, [HEADER.accept]: accept } };
}

function invalid(
  operation: Operation,
  body: unknown,
  { options, refuse }: ReaderParts,
): HttpReply | undefined {
  // The type of a body follows from its operation; here it is any of them.
  const validate = options.validate as Validate<Operation> | undefined;
  if (!validate || options.api.operations[operation]?.body === undefined) return undefined;
  const verdict = validate(operation, body);
  if (verdict.ok) return undefined;
  return refuse(operation, "3100", `${verdict.pointer || "The body"} ${verdict.message}`);
}

type BodyReading = { readonly text: string; readonly body: unknown } | { readonly reply: HttpReply };

async function readBody(
  incoming: IncomingHttp,
  operation: Operation,
  { options, refuse }: ReaderParts,
): Promise<BodyReading> {
  const { api, verify, basePath = "" } = options;
  const read = await incoming.readBody();
  if (read === "too large") {
    return { reply: refuse(operation, "3104", `The body must not exceed ${MAX_BODY_SIZE} bytes`) };
  }
  if (read === "not text") return { reply: refuse(operation, "3101", "The body is not UTF-8") };
  if (read.text === "" && api.operations[operation]?.body === undefined) {
    return { text: "", body: undefined };
  }
  const { value, kind } = parseJson(read.text);
  if (!isJsonObject(value)) {
    return { reply: refuse(operation, "3101", `The body is ${kind}; it must be a JSON object`) };
  }
  const verdict = await verify?.({
    method: incoming.method,
    paths: [incoming.path, basePath + incoming.path],
    headers: incoming.headers,
    body: read.text,
  });
  if (verdict?.ok === false) return { reply: refuse(operation, "3105", verdict.message) };
  if (kindOf(operation) === "errorCallback" && !readErrorCallback(value)) {
    return { reply: refuse(operation, "3102", "errorInformation is missing") };
  }
  return { text: read.text, body: value };
}
