import type { IncomingMessage } from "node:http";
import { formatMediaType, HEADER, type Version } from "@mojaloop-versioning/protocol";
import { errorAnswer } from "../server/error-answer.ts";
import { applySignaturePolicy, SIGNATURE_FIELDS } from "../signatures/signature-policy.ts";
import type { ConvertedMessage } from "./convert-message.ts";
import type { MessageInFlight } from "./message-in-flight.ts";
import { parseLate } from "./receive-message.ts";
import { refuseDelivery } from "./refuse-message.ts";
import type { PipelineContext } from "./routing.ts";
import type { MessageFacts, StageResult } from "./stage.ts";
import { forwardedHeaders } from "../delivery/header-fields.ts";

/** The result of {@link signMessage}: the header fields to forward, names and values in turn. */
export type SignedMessage = StageResult<{ readonly headers: string[] }> & {
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
  if (signature === "stripped") for (const field of SIGNATURE_FIELDS) fields[field] = undefined;
  if (signature === "resigned" && signer) {
    const { method, source, destination } = message;
    const bytes = (converted.converted ? converted.converted.bytes : content.bytes()) ?? Buffer.alloc(0);
    Object.assign(fields, await signer({ method, path: url, source, destination, body: bytes }));
  }
  return { ok: true, headers: forwardedHeaders(request.rawHeaders, fields), facts };
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
