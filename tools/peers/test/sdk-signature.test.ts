// Faults that turn this suite red when they are planted again:
// - a client that signs members in another order than the sorted one
// - an algorithm that the SDK does not verify as the default of a key
import { createPublicKey, createPrivateKey, generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "@mojaloop-versioning/client";
import { createJwsSign, createJwsVerify } from "@mojaloop-versioning/client/jws";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";
import { fspiopV2_0Iso20022 } from "@mojaloop-versioning/types/fspiop/v2.0-iso20022";
import { Jws } from "@mojaloop/sdk-standard-components";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rsaKeys } from "./support/keys.ts";
import { SDK_LOGGER, sdkFault } from "./support/sdk.ts";

const rsa = rsaKeys();
const elliptic = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  privateKeyEncoding: { type: "sec1", format: "pem" }, // the form by which the SDK knows an elliptic key
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const KEYS = [
  { kind: "RSA", keys: rsa },
  { kind: "P-256", keys: elliptic },
];

// Members in an order that sorting changes, at two levels, with what JSON escapes.
const BODY = { z: 1, a: { y: [3, { d: 1, c: 2 }], b: "é\n\u2028" }, 10: "ten", 9: "nine" };

// sdk-standard-components 19.19.1, src/lib/jws/jwsSigner.js: members are sorted before the text is signed and sent.
describe.each(KEYS)("what the SDK signs by a key of the kind $kind", ({ keys }) => {
  const signer = new Jws.signer({ logger: SDK_LOGGER, signingKey: keys.privateKey });
  const verify = createJwsVerify({ keys: { payerfsp: createPublicKey(keys.publicKey) } });

  test.each([
    ["POST", "/quotes"],
    ["PUT", "/parties/MSISDN/123"],
    ["PUT", "/transfers/b51ec534-ee48-4575-b6a9-ead2955b8069/error"],
  ])("is valid for the client's verifier: %s %s", async (method, path) => {
    const request = {
      method,
      uri: `http://hub.example${path}`,
      headers: { "fspiop-source": "payerfsp", "fspiop-destination": "hub", date: new Date(0).toUTCString() },
      body: BODY as unknown,
    };
    signer.sign(request as never);
    const message = { method, paths: [path], headers: request.headers, body: String(request.body) };
    expect(await verify(message)).toEqual({ ok: true });
    expect(await verify({ ...message, body: message.body.replace("2", "4") })).toMatchObject({ ok: false });
  });
});

describe.each(KEYS)("what the client signs by a key of the kind $kind", ({ keys }) => {
  const received: { readonly headers: Record<string, string>; readonly text: string }[] = [];
  const server = createServer((req, res) => {
    void readText(req).then((text) => {
      received.push({ headers: req.headers as Record<string, string>, text }); // each header comes once
      res.writeHead(202).end();
    });
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  // Every operation of FSPIOP 2.0 in both dialects that has a body: older versions have no others.
  const operations = [fspiopV2_0, fspiopV2_0Iso20022].flatMap((api) =>
    Object.entries<{ readonly body?: string | undefined }>(api.operations)
      .filter(([, { body }]) => body !== undefined)
      .map(([operation]) => ({ api, operation })),
  );

  test.each(operations)("is valid for the SDK's JwsValidator: $operation", async ({ api, operation }) => {
    const client = createClient({
      api,
      fspId: "payerfsp",
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on a port
      sign: createJwsSign({ key: createPrivateKey(keys.privateKey) }),
    });
    const space = operation.indexOf(" ");
    const send = client[operation.slice(0, space) as "POST"] as (
      path: string,
      init: object,
    ) => Promise<unknown>; // any of them
    const params = {
      path: {
        Type: "MSISDN",
        ID: "123",
        SubId: "x",
        ServiceType: "FXP",
        SourceCurrency: "USD",
        TargetCurrency: "TZS",
      },
    };
    await send(operation.slice(space + 1), { params, body: BODY, destination: "payeefsp" });
    const message = received.pop();
    const { headers = {}, text = "" } = message ?? {};
    expect(sdkFault(headers, text, { payerfsp: keys.publicKey })).toBeUndefined();
    // Negative control: the validator does look at the body.
    expect(sdkFault(headers, text.replace("ten", "tan"), { payerfsp: keys.publicKey })).toMatch(/signature/);
  });
});

async function readText(req: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of req.setEncoding("utf8")) text += String(chunk);
  return text;
}
