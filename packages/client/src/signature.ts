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

/** A message as it came over the wire, for the one that verifies it. */
export interface SignedMessage {
  readonly method: string;
  /** As FSPIOP-URI may say it: from the resource on, or with what stands before that on this server. */
  readonly paths: readonly string[];
  /** Names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The very text that came. */
  readonly body: string;
}

/** Says whether a message is signed by the participant in whose name it comes, and what is wrong where it is not. */
export type Verify = (
  message: SignedMessage,
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly message: string }>;
