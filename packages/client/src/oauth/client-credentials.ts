import { VersioningError } from "@mojaloop-versioning/protocol";
import {
  allowInsecureRequests,
  clientCredentialsGrantRequest,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  processClientCredentialsResponse,
} from "oauth4webapi";
import { systemClock, type Clock } from "../options.ts";
import type { Authorization } from "../send/authorization.ts";

/** An account at an OAuth 2 token endpoint. */
export interface ClientCredentialsOptions {
  /** The token endpoint: https, or http on a loopback address or with `allowHttp`. */
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
  /** Accepts a token endpoint of http, as inside a cluster. The secret then travels unencrypted. Default: false. */
  readonly allowHttp?: boolean;
  /** Where the secret goes: the Authorization header (the default), or the body (RFC 6749 2.3.1). */
  readonly authentication?: "basic" | "post";
  /** How long before it expires a token is replaced, in milliseconds. Default: 30,000. */
  readonly refreshBeforeMs?: number;
  /** Default: the `fetch` of Node. */
  readonly fetch?: typeof fetch;
  readonly clock?: Pick<Clock, "now">;
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;

// A token whose lifetime is not given is used for this long; the 401 of an earlier end leads to a new one as well.
const UNKNOWN_LIFETIME_S = 300;

/**
 * Makes the `authorization` option of a client by the client credentials grant (RFC 6749 4.4). Tokens are fetched when a message
 * needs one, shared by all messages, and replaced before they expire and after a 401. A failure of the token endpoint rejects the
 * message that needed the token.
 * @throws VersioningError `invalid-option`
 */
export function createClientCredentials(options: ClientCredentialsOptions): Authorization {
  const { refreshBeforeMs = 30_000, clock = systemClock } = options;
  const requestToken = tokenRequest(options);
  let current: { readonly header: string; readonly until: number } | undefined;
  let pending: Promise<string> | undefined;

  async function renew(): Promise<string> {
    const { access_token: token, expires_in: lifetime = UNKNOWN_LIFETIME_S } = await requestToken();
    const header = `Bearer ${token}`;
    current = { header, until: clock.now().getTime() + lifetime * 1_000 - refreshBeforeMs };
    return header;
  }

  return {
    async header() {
      if (current && clock.now().getTime() < current.until) return current.header;
      // Messages that need a token at the same time wait for one request.
      pending ??= renew().finally(() => (pending = undefined));
      return pending;
    },
    reject(header) {
      if (current?.header === header) current = undefined;
    },
  };
}

function tokenRequest({
  tokenUrl,
  clientId,
  clientSecret,
  scope,
  authentication = "basic",
  allowHttp = false,
  fetch: send,
}: ClientCredentialsOptions): () => Promise<{
  readonly access_token: string;
  readonly expires_in?: number | undefined;
}> {
  const url = URL.canParse(tokenUrl) ? new URL(tokenUrl) : undefined;
  const mayBeHttp = allowHttp || (url !== undefined && LOOPBACK.test(url.hostname));
  if (url?.protocol !== "https:" && !(url?.protocol === "http:" && mayBeHttp)) {
    throw new VersioningError(
      "invalid-option",
      `tokenUrl: "${tokenUrl}" must be an https URL; http needs allowHttp outside of this machine`,
    );
  }
  if (clientId === "" || clientSecret === "") {
    throw new VersioningError("invalid-option", "clientId and clientSecret: must not be empty");
  }
  const server = { issuer: url.origin, token_endpoint: tokenUrl };
  const client = { client_id: clientId };
  const secret = authentication === "post" ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret);
  const parameters = new URLSearchParams(scope === undefined ? {} : { scope });
  return async () => {
    const response = await clientCredentialsGrantRequest(server, client, secret, parameters, {
      [allowInsecureRequests]: mayBeHttp,
      ...(send && { [customFetch]: send }),
    });
    return processClientCredentialsResponse(server, client, response);
  };
}
