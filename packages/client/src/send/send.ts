import { compareVersions, errorBody, resourceOf, type Version } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import type { ClientOptions } from "../options.ts";
import type { RememberedVersions } from "./remembered-versions.ts";
import type { ClientVersions } from "./client-versions.ts";
import { destinationOf } from "./destination.ts";
import type { OfferedVersions } from "./message-headers.ts";
import { textParams } from "./message-path.ts";
import { errorOfBody, type SendFailure, type SendResult } from "../api/outcome.ts";
import type { ClientMessage } from "./client-message.ts";
import type { Transport } from "./transport.ts";

/** Sends one message, in another version if the first is refused with 406. */
export type Send = (message: ClientMessage) => Promise<SendResult<unknown>>;

interface SendParts {
  readonly options: ClientOptions<Api>;
  readonly versions: ClientVersions;
  readonly agreed: RememberedVersions;
  readonly transport: Transport;
}

// One attempt: the converted message, its version and the versions that its Accept offers.
interface Attempt {
  readonly message: ClientMessage;
  readonly version: Version;
  readonly accept: OfferedVersions;
}

/** Makes the sender of a client. */
export function createSend(parts: SendParts): Send {
  const { options, agreed, transport } = parts;

  return async (message) => {
    const resource = resourceOf(message.operation);
    const destination = destinationOf(message, options.api.dialect);
    const remembered = message.version === undefined ? agreed.find(destination, resource) : undefined;
    const attempt = await firstAttempt(message, remembered, parts);
    if ("error" in attempt) return attempt;
    const first = await transport(attempt.message, attempt.version, attempt.accept);
    if (first.error?.status === 406) {
      agreed.forget(destination, resource);
      const second = await secondAttempt(message, attempt, first.error.versions, parts);
      if (!second) return first;
      const result = await transport(second.message, second.version, second.accept);
      if (!result.error) agreed.keep(destination, resource, second.version);
      return result;
    }
    // A newer version than the remembered one was accepted: what was remembered is out of date.
    const known = agreed.find(destination, resource);
    if (!first.error && known !== undefined && compareVersions(attempt.version, known) > 0) {
      agreed.forget(destination, resource);
    }
    return first;
  };
}

// The version that the caller or an earlier 406 decided, else the message's own.
async function firstAttempt(
  message: ClientMessage,
  remembered: Version | undefined,
  parts: SendParts,
): Promise<Attempt | SendFailure> {
  const { options, versions } = parts;
  const usual = remembered && (await inVersion(message, remembered, parts));
  if (usual) return { message: usual, version: remembered, accept: [remembered] };
  const version = message.version ?? versions.own(message.operation);
  const converted = await convert(message, version, parts);
  if ("error" in converted) return converted;
  const offered = message.version === undefined ? options.offer?.[resourceOf(message.operation)] : undefined;
  return { message: converted, version, accept: offered ?? [version] };
}

// API Definition 3.3.4.3: the list contains what the other side supports. The newest version to which this message can be
// converted is taken, if its callback can be read as well; there is no third attempt.
async function secondAttempt(
  message: ClientMessage,
  refused: Attempt,
  supported: readonly Version[],
  parts: SendParts,
): Promise<Attempt | undefined> {
  const hadOffer = refused.accept === parts.options.offer?.[resourceOf(message.operation)];
  for (const version of supported) {
    // The version that was refused is tried again only if the other offered versions may have been the reason.
    if (version === refused.version && !hadOffer) continue;
    const other = await inVersion(message, version, parts);
    if (other) return { message: other, version, accept: [version] };
  }
  return undefined;
}

async function inVersion(
  message: ClientMessage,
  version: Version,
  parts: SendParts,
): Promise<ClientMessage | undefined> {
  if (!parts.versions.common(message.operation, version)) return undefined;
  const other = await convert(message, version, parts);
  return "error" in other ? undefined : other;
}

async function convert(
  message: ClientMessage,
  to: Version,
  { options, versions }: SendParts,
): Promise<ClientMessage | SendFailure> {
  const { operation, params, query, body } = message;
  const converter = versions.converter(operation, message.writtenIn ?? versions.own(operation), to);
  if (converter === "same") return message;
  if (!converter) {
    const refusal = errorBody("3001", `${operation} has no equivalent in version ${to}`);
    return { error: errorOfBody("conversion", refusal), version: to };
  }
  const converted = await converter.async(body, {
    ...options.conversion,
    params: textParams(params),
    ...(query && { query: textParams(query) }),
  });
  if (!converted.ok) return { error: errorOfBody("conversion", converted.refusal.body), version: to };
  return {
    ...message,
    body: converted.body,
    params: converted.params ?? params,
    query: converted.query ?? query,
  };
}
