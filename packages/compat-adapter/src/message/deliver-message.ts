import { failureAnswer } from "../delivery/far-end.ts";
import type { ConvertedMessage } from "./convert-message.ts";
import type { MessageInFlight } from "./message-in-flight.ts";
import { parseLate } from "./receive-message.ts";
import { bodyTooLarge, refuseDelivery, refuseMessage } from "./refuse-message.ts";
import type { PipelineContext } from "./routing.ts";
import type { SendableMessage } from "./sign-message.ts";
import type { End } from "./stage.ts";

/** Sends a message to its receiver, the hub or a participant. */
export async function deliverMessage(
  context: PipelineContext,
  message: MessageInFlight,
  { to, content, body, converted, url }: ConvertedMessage,
  { headers, sent }: SendableMessage,
): Promise<End> {
  const started = performance.now();
  const delivery = await message.target.send({
    method: message.method,
    path: url,
    headers,
    body: sent,
  });
  const farEndMs = performance.now() - started;
  if (content.tooLarge()) {
    const error = bodyTooLarge(context.routing);
    return { ...(await refuseMessage(context, message, to, { error, body: undefined })), farEndMs };
  }
  if (delivery.ok && delivery.status < 300) {
    const answer = { ok: true, status: delivery.status, body: delivery.body } as const;
    return { outcome: converted ? "converted" : "passed", answer, farEndMs };
  }
  const error = failureAnswer(delivery);
  const failure: End = { outcome: "failed", answer: { ok: false, error }, farEndMs };
  if (!delivery.ok) return { ...failure, cause: delivery.cause };
  if (delivery.status !== 406) return failure;
  const read = body ?? (await parseLate(content));
  return {
    ...failure,
    ...(await refuseDelivery(context, message, to, { error, body: read })),
    outcome: "failed",
  };
}
