/** A message as it will be sent, to be signed. */
export interface UnsignedMessage {
  readonly method: string;
  /** From the resource on, without a query: the value of FSPIOP-URI since API Definition 1.1. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The text that is sent, with the members sorted. */
  readonly body: string;
}

/** Gives the headers of a signature. Messages without a body are not signed. */
export type Sign = (
  message: UnsignedMessage,
) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

/** A message as it was received, to be verified. */
export interface SignedMessage {
  readonly method: string;
  /** The values that FSPIOP-URI may have: from the resource on, and with this server's base path. */
  readonly paths: readonly string[];
  /** Names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The text that was received. */
  readonly body: string;
}

/** Checks that a message is signed by its FSPIOP-Source; `message` says what is wrong. */
export type Verify = (
  message: SignedMessage,
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly message: string }>;
