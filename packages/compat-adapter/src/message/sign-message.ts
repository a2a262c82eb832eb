import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { formatMediaType, HEADER, type Version } from "@mojaloop-versioning/protocol";
import { errorAnswer } from "../server/error-answer.ts";
import { applySignaturePolicy, SIGNATURE_FIELDS } from "../signatures/signature-policy.ts";
import { signableBytes } from "../signatures/signer.ts";
import type { ConvertedMessage } from "./convert-message.ts";
import type { MessageInFlight } from "./message-in-flight.ts";
import { parseLate } from "./receive-message.ts";
import { refuseDelivery } from "./refuse-message.ts";
import type { PipelineContext } from "./routing.ts";
import type { MessageFacts, StageResult } from "./stage.ts";
import { forwardedHeaders } from "../delivery/header-fields.ts";

/** A message that is ready to be sent. */
export interface SendableMessage {
  /** Names and values in turn. */
  readonly headers: string[];
  readonly sent: Buffer | Readable | null;
}

/** The result of {@link signMessage}. */
export type SignedMessage = StageResult<SendableMessage> & {
  readonly facts: Pick<MessageFacts, "rewritten" | "signature">;
};

/** Rewrites the header fields that name a version, and applies the participant's policy to a signature that they or the body break. */
export async function signMessage(
  context: PipelineContext,
  message: MessageInFlight,
  converted: ConvertedMessage,
  request: IncomingMessage,
): Promise<SignedMessage> {
  const { to, body, content, url } = converted;
  const { signer } = context.routing;
  const fields = versionFields(message, to);
  const rewritten = Object.keys(fields).filter((name) => request.headers[name] !== fields[name]);
  const signature = applySignaturePolicy(
    request.headers[HEADER.signature],
    { content: converted.converted?.changed ?? false, fields: rewritten },
    message.participant.jws,
  );
  const facts = { rewritten, signature };
  if (signature === "refused") {
    const error = errorAnswer("3105", `The signature would not hold in ${message.resource} ${to}`);
    const read = body ?? (await parseLate(content));
    const end = await refuseDelivery(context, message, to, { error, body: read, versions: [to] });
    return { ok: false, end, facts };
  }
  let sent = converted.converted ? converted.converted.bytes : content.forwardable;
  if (signature === "stripped") for (const field of SIGNATURE_FIELDS) fields[field] = undefined;
  if (signature === "resigned" && signer) {
    const { method, source, destination } = message;
    const value = converted.converted ? converted.converted.body : body;
    const bytes = signableBytes(value, converted.restore);
    Object.assign(fields, await signer({ method, path: url, source, destination, body: bytes }));
    sent &&= bytes;
  }
  return { ok: true, headers: forwardedHeaders(request.rawHeaders, fields), sent, facts };
}

// The fields whose version differs in the forwarded message; `undefined` removes a field.
function versionFields(message: MessageInFlight, to: Version): Record<string, string | undefined> {
  if (to === message.from && (message.accept ?? to) === to) return {};
  const type = formatMediaType({ resource: message.resource, dialect: message.dialect, version: to });
  return {
    [HEADER.contentType]: type,
    [HEADER.accept]: message.accept === undefined ? undefined : type,
  };
}
