import { createPublicKey } from "node:crypto";
import { createJwsVerify } from "@mojaloop-versioning/client/jws";
import { Jws } from "@mojaloop/sdk-standard-components";
import { describe, expect, test } from "vitest";
import { rsaKeys } from "./support/keys.ts";

const keys = rsaKeys();
const silent = { child: () => silent, debug: () => undefined, error: () => undefined, isDebugEnabled: false };

// sdk-standard-components 19.19.1, src/lib/jws/jwsSigner.js: members are sorted before the text is signed and sent.
describe("what the SDK signs", () => {
  const signer = new Jws.signer({ logger: silent as never, signingKey: keys.privateKey });
  const verify = createJwsVerify({ keys: { payerfsp: createPublicKey(keys.publicKey) } });

  const PATHS = [
    ["POST", "/quotes"],
    ["PUT", "/parties/MSISDN/123"],
    ["PUT", "/transfers/b51ec534-ee48-4575-b6a9-ead2955b8069/error"],
  ] as const;

  test.each(PATHS)("holds for the client's verifier: %s %s", async (method, path) => {
    const request = {
      method,
      uri: `http://hub.example${path}`,
      headers: { "fspiop-source": "payerfsp", "fspiop-destination": "hub", date: new Date(0).toUTCString() },
      body: { z: 1, a: { y: [3, 2], b: "é" } } as unknown,
    };
    signer.sign(request as never);
    const message = { method, paths: [path], headers: request.headers, body: String(request.body) };
    expect(await verify(message)).toEqual({ ok: true });
    expect(await verify({ ...message, body: message.body.replace("2", "4") })).toMatchObject({ ok: false });
  });
});
