import type { Version } from "@mojaloop-versioning/protocol";
import sdk from "@mojaloop/sdk-standard-components";
import type { Jws, MojaloopRequests } from "@mojaloop/sdk-standard-components";

type SdkConfig = ConstructorParameters<typeof MojaloopRequests>[0];

type SdkMethod =
  | "getParties"
  | `${"put" | "delete"}Participants`
  | `post${"Quotes" | "Transfers" | "FxQuotes" | "FxTransfers"}`
  | `put${"Parties" | "Quotes" | "Transfers" | "FxQuotes" | "FxTransfers"}`
  | `put${"Parties" | "Participants" | "Quotes" | "Transfers" | "FxQuotes" | "FxTransfers"}Error`;

/** The SDK as a sender; its own types lack most of its methods (src/lib/requests/mojaloopRequests.js has them). */
export type Sdk = Readonly<Record<SdkMethod, (...message: readonly unknown[]) => Promise<unknown>>>;

// Enough of a logger for the SDK; what it says of failures is in what it throws.
const quiet = (): undefined => undefined;
const logger = {
  child: () => logger,
  push: () => logger,
  debug: quiet,
  verbose: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
};

/** The logger that every part of the SDK takes. */
export const SDK_LOGGER = logger as unknown as SdkConfig["logger"]; // the SDK calls no other method of its logger

// FX keeps the SDK's own 2.0, the only version that has it.
const RESOURCES = ["parties", "participants", "quotes", "transfers"];

export interface SdkOptions {
  readonly fspId: string;
  /** host:port that everything goes to. */
  readonly endpoint: string;
  /** Version of Content-Type; without it and `accept`, the SDK's own defaults. */
  readonly content?: Version;
  readonly accept?: string;
  /** PEM; signs what has a body. */
  readonly signingKey?: string | undefined;
}

/** The SDK as a sender of FSPIOP messages. */
export function createSdk({ fspId, endpoint, content, accept, signingKey }: SdkOptions): Sdk {
  const versions = { contentVersion: content ?? "1.0", acceptVersion: accept ?? "1" };
  const config = {
    logger: SDK_LOGGER,
    tls: { enabled: false },
    dfspId: fspId,
    peerEndpoint: endpoint,
    jwsSign: signingKey !== undefined,
    jwsSigningKey: signingKey,
    ...(content !== undefined && {
      resourceVersions: Object.fromEntries(RESOURCES.map((resource) => [resource, versions])),
    }),
  };
  return new sdk.MojaloopRequests(config as unknown as SdkConfig) as unknown as Sdk; // see Sdk
}

/** The SDK's verdict on a signed message: `undefined` where it is valid, otherwise what it throws. */
export function sdkFault(
  headers: Readonly<Record<string, string>>,
  text: string,
  validationKeys: Readonly<Record<string, string>>,
): string | undefined {
  const validator: Jws.JwsValidator = new sdk.Jws.validator({ logger: SDK_LOGGER, validationKeys });
  try {
    validator.validate({ headers, body: JSON.parse(text) as Record<string, unknown> });
    return undefined;
  } catch (error) {
    return String(error);
  }
}
