import { failureAnswer } from "../delivery/far-end.ts";
import type { ConvertedMessage } from "./convert-message.ts";
import type { MessageInFlight } from "./message-in-flight.ts";
import { parseLate } from "./receive-message.ts";
import { bodyTooLarge, refuseDelivery, refuseMessage } from "./refuse-message.ts";
import type { PipelineContext } from "./routing.ts";
import type { End } from "./stage.ts";

/** Sends a message to its receiver, the hub or a participant. */
export async function deliverMessage(
  context: PipelineContext,
  message: MessageInFlight,
  { to, content, body, converted, url }: ConvertedMessage,
  headers: string[],
): Promise<End> {
  const delivery = await message.target.send({
    method: message.method,
    path: url,
    headers,
    body: converted ? converted.bytes : content.forwardable,
  });
  if (content.tooLarge())
    return refuseMessage(context, message, to, { error: bodyTooLarge(context.routing), body: undefined });
  if (delivery.ok && delivery.status < 300) {
    return {
      outcome: converted ? "converted" : "passed",
      answer: { ok: true, status: delivery.status, body: delivery.body },
    };
  }
  const error = failureAnswer(delivery);
  if (!delivery.ok) return { outcome: "failed", answer: { ok: false, error }, cause: delivery.cause };
  if (delivery.status !== 406) return { outcome: "failed", answer: { ok: false, error } };
  const read = body ?? (await parseLate(content));
  return { ...(await refuseDelivery(context, message, to, { error, body: read })), outcome: "failed" };
}
