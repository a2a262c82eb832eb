import type { Dialect, Operation, OperationKind, Version } from "@mojaloop-versioning/protocol";
import type { DeliveryTarget } from "../delivery/target.ts";
import type { Participant } from "./routing.ts";

/** The side of the adapter on which a message arrives. */
export type MessageSide = "participants" | "hub";

/** One message on its way through the adapter, as far as its request line and headers describe it. */
export interface MessageInFlight {
  readonly side: MessageSide;
  readonly method: string;
  /** Request target, query included. */
  readonly url: string;
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  readonly resource: string;
  readonly kind: OperationKind;
  readonly dialect: Dialect;
  readonly source: string;
  /** FSPIOP-Destination, where there is one. */
  readonly destination: string | undefined;
  /** The participant whose version may differ from the hub's: the sender on the participants' side, the receiver on the hub's. */
  readonly participant: Participant;
  readonly target: DeliveryTarget;
  /** Version of the body. */
  readonly from: Version;
  /** Newest version that the sender accepts in the callback; absent on PUT and PATCH, which have no Accept. */
  readonly accept: Version | undefined;
  /** Header fields of every answer to the sender. */
  readonly replyHeaders: Readonly<Record<string, string>>;
}

/** The version that the sender must be answered in. */
export function answerVersion({ accept, from }: MessageInFlight): Version {
  return accept ?? from;
}
