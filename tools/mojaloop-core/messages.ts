import { createHash, randomBytes, randomUUID } from "node:crypto";
import { PAYEE, PAYER } from "./onboarding.ts";

const MEDIA_TYPE = "application/vnd.interoperability.transfers+json;version=1.1";
const SUCCESS = { status: "success", code: 0, description: "action successful" };

/** A transfer as payer and payee know it. */
export interface TransferTerms {
  readonly transferId: string;
  readonly condition: string;
  readonly fulfilment: string;
}

/** Terms of a new transfer: the condition is the SHA-256 of the fulfilment. */
export function newTerms(): TransferTerms {
  const preimage = randomBytes(32);
  return {
    transferId: randomUUID(),
    fulfilment: preimage.toString("base64url"),
    condition: createHash("sha256").update(preimage).digest("base64url"),
  };
}

/** The message that ml-api-adapter writes to topic-transfer-prepare for `POST /transfers` (its src/domain/transfer/dto.js). */
export function prepareMessage({ transferId, condition }: TransferTerms, expiresAt: Date): Buffer {
  const body = {
    transferId,
    payerFsp: PAYER,
    payeeFsp: PAYEE,
    amount: { currency: "USD", amount: "1" },
    ilpPacket: "AYIBgQAAAAAAAASwNGxldmVsb25l",
    condition,
    expiration: expiresAt.toISOString(),
  };
  return envelope(transferId, { from: PAYER, to: PAYEE }, { type: "prepare", action: "prepare" }, body);
}

/** The message that ml-api-adapter writes to topic-transfer-fulfil for `PUT /transfers/{ID}` of a payee that commits. */
export function fulfilMessage({ transferId, fulfilment }: TransferTerms): Buffer {
  const body = { fulfilment, completedTimestamp: new Date().toISOString(), transferState: "COMMITTED" };
  return envelope(transferId, { from: PAYEE, to: PAYER }, { type: "fulfil", action: "commit" }, body);
}

function envelope(
  id: string,
  { from, to }: { readonly from: string; readonly to: string },
  event: { readonly type: string; readonly action: string },
  body: object,
): Buffer {
  const now = new Date();
  const message = {
    from,
    to,
    id,
    content: {
      uriParams: { id },
      headers: {
        accept: MEDIA_TYPE,
        "content-type": MEDIA_TYPE,
        date: now.toUTCString(),
        "fspiop-source": from,
        "fspiop-destination": to,
      },
      payload: `data:${MEDIA_TYPE};base64,${Buffer.from(JSON.stringify(body)).toString("base64")}`,
      context: { originalRequestId: randomUUID() },
    },
    type: "application/json",
    metadata: {
      correlationId: id,
      event: { ...event, createdAt: now.toISOString(), state: SUCCESS },
      "protocol.createdAt": now.getTime(),
    },
  };
  return Buffer.from(JSON.stringify(message));
}

/** What a notification of the ledger says. */
export interface Notification {
  readonly transferId: string;
  readonly to: string;
  readonly action: string;
  readonly ok: boolean;
  readonly code: string;
  readonly description: string;
}

/** Reads a record of topic-notification-event; undefined if it is not one. */
export function parseNotification(value: Buffer): Notification | undefined {
  const message = JSON.parse(value.toString()) as {
    readonly id?: string;
    readonly to?: string;
    readonly metadata?: {
      readonly event?: {
        readonly action?: string;
        readonly state?: {
          readonly status?: string;
          readonly code?: number | string;
          readonly description?: string;
        };
      };
    };
    readonly content?: { readonly uriParams?: { readonly id?: string } };
  }; // every member is optional, so any object fits
  const { event } = message.metadata ?? {};
  const transferId = message.content?.uriParams?.id ?? message.id;
  if (transferId === undefined || event?.action === undefined) return undefined;
  return {
    transferId,
    to: message.to ?? "",
    action: event.action,
    ok: event.state?.status === "success",
    code: String(event.state?.code ?? ""),
    description: event.state?.description ?? "",
  };
}
