import type { Version } from "@mojaloop-versioning/protocol";
import { convertBody, type ConvertedBody } from "../bodies/convert-body.ts";
import type { MessageInFlight } from "./message-in-flight.ts";
import type { ReceivedMessage } from "./receive-message.ts";
import { refuseDelivery } from "./refuse-message.ts";
import type { PipelineContext } from "./routing.ts";
import type { MessageFacts, StageResult } from "./stage.ts";

/** A message in the version of its receiver. */
export interface ConvertedMessage extends ReceivedMessage {
  /** `undefined` if the message is forwarded in the version in which it arrived. */
  readonly converted: ConvertedBody | undefined;
  /** Request target, query included. */
  readonly url: string;
}

/** The result of {@link convertMessage}. */
export type Conversion = StageResult<ConvertedMessage> & {
  readonly facts: Pick<MessageFacts, "conversionMs" | "report">;
};

/** Validates a message, as the validation mode says, and converts it if its receiver uses another version. */
export async function convertMessage(
  context: PipelineContext,
  message: MessageInFlight,
  received: ReceivedMessage,
): Promise<Conversion> {
  const { to, content, body, restore } = received;
  const { operation, resource, from, url } = message;
  const { validation } = context.routing;
  if (to === from && validation !== "strict")
    return { ...received, converted: undefined, url, facts: {}, ok: true };

  const started = performance.now();
  const invalid = context.routing.validate(operation, resource, from, body);
  if (invalid) {
    const end = await refuseDelivery(context, message, to, { error: invalid, body, versions: [to] });
    return { ok: false, end, facts: {} };
  }
  if (to === from) return { ...received, converted: undefined, url, facts: {}, ok: true };
  const bytes = content.forwardable === null ? null : content.bytes();
  const { conversion } = context.routing;
  const converted = await convertBody(conversion, context.store, message, to, { bytes, body, restore });
  const conversionMs = performance.now() - started;
  if (converted.ok) {
    const { report } = converted;
    return { ok: true, ...received, converted, url: converted.url, facts: { conversionMs, report } };
  }
  const facts = { conversionMs };
  if (converted.swallow) return { ok: false, end: acknowledged(message), facts };
  const versions: readonly Version[] = [to];
  const end = await refuseDelivery(context, message, to, { error: converted.error, body, versions });
  return { ok: false, end, facts };
}

function acknowledged({ kind }: MessageInFlight) {
  return {
    outcome: "swallowed",
    answer: { ok: true, status: kind === "request" ? 202 : 200 },
  } as const;
}
