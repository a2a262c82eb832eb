import {
  errorBody,
  formatMediaType,
  HEADER,
  isFspId,
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
import type { ReadMessage } from "./callback.ts";
import { linesOf, type HttpReply, type IncomingHttp } from "./incoming.ts";

/** A message that was read, or the refusal of one that cannot be. */
export type Reading =
  | {
      readonly ok: true;
      readonly message: ReadMessage;
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
  /**
   * @param writtenIn the version of the body where it has been negotiated; otherwise Content-Type must contain one that can be read
   * @param readAs the version to convert to. Default: the client's own
   */
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
  const { api, conversion } = options;
  // The type of a body follows from its operation; here it is any of them.
  const validate = options.validate as Validate<Operation> | undefined;

  const mediaType = (operation: Operation, version?: Version): string =>
    formatMediaType({ resource: resourceOf(operation), dialect, ...(version && { version }) });

  function answer(operation: Operation, body: ErrorBody, status: number): HttpReply {
    return { status, headers: { [HEADER.contentType]: mediaType(operation, versions.own(operation)) }, body };
  }

  function refuse(operation: Operation, code: ErrorCode, description?: string): HttpReply {
    return answer(operation, errorBody(code, description), statusOf(code));
  }

  // The version of the body, or the refusal of a Content-Type without one that can be read.
  function readVersion(operation: Operation, contentTypes: readonly string[]): Version | HttpReply {
    const [text, ...others] = new Set(contentTypes);
    if (!text) return refuse(operation, "3102", "Content-Type is missing");
    const type = others.length === 0 ? parseMediaType(text) : undefined;
    const isOurs = type?.resource === resourceOf(operation).toLowerCase() && type.dialect === dialect;
    if (!isOurs || type.version === undefined) {
      const accepted = `Content-Type must be ${mediaType(operation)} with a version of major and minor`;
      return refuse(operation, "3101", accepted);
    }
    const readable = versions.readable(operation);
    if (readable.includes(type.version)) return type.version;
    const refusal = answer(operation, unacceptableVersion(readable), statusOf("3001"));
    const accept = readable.map((version) => mediaType(operation, version)).join(",");
    return { ...refusal, headers: { ...refusal.headers, [HEADER.accept]: accept } };
  }

  function invalid(operation: Operation, body: unknown): HttpReply | undefined {
    if (!validate || api.operations[operation]?.body === undefined) return undefined;
    const verdict = validate(operation, body);
    if (verdict.ok) return undefined;
    return refuse(operation, "3100", `${verdict.pointer || "The body"} ${verdict.message}`);
  }

  return {
    refuse,
    async read(incoming, { operation, params }, negotiated) {
      const writtenIn =
        negotiated?.writtenIn ?? readVersion(operation, linesOf(incoming, HEADER.contentType));
      if (typeof writtenIn === "object") return { ok: false, reply: writtenIn };
      const sources = new Set(linesOf(incoming, HEADER.source));
      const [source = ""] = sources;
      const sourceFault = faultOfSource(sources);
      if (sourceFault) return { ok: false, reply: refuse(operation, ...sourceFault) };
      const read = await readBody(incoming, operation, options, refuse);
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
      const reply = readAs === versions.own(operation) ? invalid(operation, converted.body) : undefined;
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

type BodyReading = { readonly text: string; readonly body: unknown } | { readonly reply: HttpReply };

async function readBody(
  incoming: IncomingHttp,
  operation: Operation,
  { api, verify, basePath = "" }: ClientOptions<Api>,
  refuse: MessageReader["refuse"],
): Promise<BodyReading> {
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

function faultOfSource(sources: ReadonlySet<string>): [ErrorCode, string] | undefined {
  const [source] = sources;
  if (!source) return ["3102", "FSPIOP-Source is missing"];
  if (sources.size > 1) return ["3101", "FSPIOP-Source is there more than once, with different values"];
  if (!isFspId(source)) return ["3101", "FSPIOP-Source must be an FSP id of 1 to 32 characters"];
  return undefined;
}

function parseJson(text: string): { readonly value: unknown; readonly kind: string } {
  if (text.trim() === "") return { value: undefined, kind: "empty" };
  try {
    const value: unknown = JSON.parse(text);
    const kind = Array.isArray(value) ? "an array" : value === null ? "null" : `a ${typeof value}`;
    return { value, kind };
  } catch {
    return { value: undefined, kind: "not JSON" };
  }
}
