/** A message as it will go over the wire, for the one that signs it. */
export interface UnsignedMessage {
  readonly method: string;
  /** From the resource on, without a query: what FSPIOP-URI says since API Definition 1.1. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The very text that is sent. */
  readonly body: string;
}

/** Gives the headers that a signature adds. Messages without a body are not signed. */
export type Sign = (
  message: UnsignedMessage,
) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
