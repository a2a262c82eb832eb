import { generateKeyPairSync, verify } from "node:crypto";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { expect, test } from "vitest";
import { createClient } from "../src/index.ts";
import { createJwsSign } from "../src/jws.ts";
import { fulfilment, quoteRequest, transfer, UUID } from "./support/messages.ts";
import { startPeer, type Seen } from "./support/peer.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const HASH = { RS256: "sha256", RS384: "sha384", RS512: "sha512" } as const;

interface Jws {
  readonly signature: string;
  readonly protectedHeader: string;
}

/** The protected header of a message, if its signature holds; by Node's crypto alone (RFC 7515 5.2). */
function protectedHeaderOf({ headers, text }: Seen, alg: keyof typeof HASH): unknown {
  const { signature, protectedHeader } = JSON.parse(String(headers["fspiop-signature"])) as Jws; // Signature 1.1, section 3
  const signed = Buffer.from(`${protectedHeader}.${Buffer.from(text).toString("base64url")}`);
  const holds = verify(HASH[alg], signed, publicKey, Buffer.from(signature, "base64url"));
  return holds && JSON.parse(Buffer.from(protectedHeader, "base64url").toString());
}

test.each(["RS256", "RS384", "RS512"] as const)(
  "%s signs the very body that is sent, and its headers",
  async (alg) => {
    const hub = await startPeer();
    const sign = createJwsSign({ key: privateKey, alg });
    const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: `${hub.url}/fspiop`, sign });
    await client.POST("/transfers", { body: transfer });
    await client.PUT("/transfers/{ID}", { params: { path: { ID: UUID } }, body: fulfilment });
    const [post, put] = hub.seen;

    // Signature 1.1, section 3: URI, method and source must be protected, the destination where it is known.
    expect(post && protectedHeaderOf(post, alg)).toEqual({
      alg,
      "FSPIOP-URI": "/transfers",
      "FSPIOP-HTTP-Method": "POST",
      "FSPIOP-Source": "payerfsp",
      "FSPIOP-Destination": "payeefsp",
      Date: post?.headers.date,
    });
    expect(post?.headers).toMatchObject({ "fspiop-uri": "/transfers", "fspiop-http-method": "POST" });
    expect(put && protectedHeaderOf(put, alg)).toMatchObject({ "FSPIOP-URI": `/transfers/${UUID}` });
    expect(put && protectedHeaderOf({ ...put, text: `${put.text} ` }, alg)).toBe(false);
  },
);

test("what is converted after a 406 is signed anew, and a GET has nothing to sign", async () => {
  const hub = await startPeer((_seen, index) =>
    index > 0
      ? {}
      : {
          status: 406,
          body: {
            errorInformation: {
              errorCode: "3001",
              errorDescription: "1.0 only",
              extensionList: { extension: [{ key: "1", value: "0" }] },
            },
          },
        },
  );
  const sign = createJwsSign({ key: privateKey });
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url, sign });
  const extensionList = { extension: [{ key: "branch", value: "7" }] };
  const payer = { partyIdInfo: { ...quoteRequest.payer.partyIdInfo, extensionList } };
  await client.POST("/quotes", { body: { ...quoteRequest, payer } });
  await client.GET("/quotes/{ID}", { params: { path: { ID: UUID } } });
  const [first, second, get] = hub.seen;
  expect(first?.text).not.toBe(second?.text);
  for (const message of [first, second]) {
    expect(message && protectedHeaderOf(message, "RS256")).toMatchObject({ "FSPIOP-URI": "/quotes" });
  }
  expect(get?.headers).not.toHaveProperty("fspiop-signature");
});
