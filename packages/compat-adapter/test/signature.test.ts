import { createPrivateKey, createSign, generateKeyPairSync, verify } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import type { SignaturePolicy } from "../src/index.ts";
import type { Recorded } from "./support/recorder.ts";
import { fields, QUOTE, send, startWire, type Wire } from "./support/wire.ts";

const sender = generateKeyPairSync("rsa", { modulusLength: 2048 });
const adapterKeys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = adapterKeys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

let wire: Wire | undefined;
afterEach(async () => {
  await wire?.close();
  wire = undefined;
});

async function start(jws?: SignaturePolicy): Promise<Wire> {
  wire = await startWire({ ...(jws && { jws }), signing: { privateKey: PEM } });
  return wire;
}

const b64 = (text: string): string => Buffer.from(text).toString("base64url");
const BODY = JSON.stringify(QUOTE);
const PARTY = JSON.stringify({
  party: { partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "1" }, supportedCurrencies: ["USD"] },
});

/** Signs as a DFSP does (Signature 1.1, section 4), by node:crypto alone. */
function signed(body: string, uri: string, method: string, more: object = {}): Record<string, string> {
  const protectedHeader = b64(
    JSON.stringify({
      alg: "RS256",
      "FSPIOP-URI": uri,
      "FSPIOP-HTTP-Method": method,
      "FSPIOP-Source": "old",
      ...more,
    }),
  );
  const signature = createSign("RSA-SHA256")
    .update(`${protectedHeader}.${b64(body)}`)
    .sign(sender.privateKey, "base64url");
  const value = JSON.stringify({ signature, protectedHeader });
  return { "fspiop-signature": value, "fspiop-uri": uri, "fspiop-http-method": method };
}

/** Whose signature a message bears, and what it protects; verified by node:crypto, which shares nothing with the signer's library. */
function signerOf(message: Recorded | undefined): { by: string; protects: object } {
  const { signature, protectedHeader } = JSON.parse(String(message?.headers["fspiop-signature"])) as Record<
    string,
    string
  >; // our own form
  const input = Buffer.from(`${protectedHeader ?? ""}.${b64(message?.body ?? "")}`);
  const bytes = Buffer.from(signature ?? "", "base64url");
  const by = [["sender", sender.publicKey] as const, ["adapter", adapterKeys.publicKey] as const].find(
    ([, key]) => verify("RSA-SHA256", input, key, bytes),
  );
  return {
    by: by?.[0] ?? "nobody",
    protects: JSON.parse(Buffer.from(protectedHeader ?? "", "base64url").toString()) as object,
  };
}

test("a body that goes on unchanged keeps its signature, though Content-Type is another (Signature 1.1, 2 and 3)", async () => {
  const { urls, hub, events } = await start();
  const headers = { ...fields("POST", "quotes", "1.0", "old"), ...signed(BODY, "/quotes", "POST") };
  expect(await send(urls.participants, "POST", "/quotes", headers, BODY)).toMatchObject({ status: 202 });
  expect(signerOf(hub.received[0]).by).toBe("sender");
  expect(events[0]).toMatchObject({ outcome: "converted", signature: "kept" });
});

type Row = [policy: SignaturePolicy | undefined, why: string];

test.each<Row>([
  [undefined, "the default"],
  ["refuse", "as asked for"],
])("policy %s: a signed message that must change is refused, and its source is told (%s)", async (policy) => {
  const { urls, old, hub, events } = await start(policy);
  const headers = {
    ...fields("GET", "parties", "2.0", "new", { "fspiop-destination": "old" }),
    ...signed("", "/parties/MSISDN/1", "GET", { Accept: "x" }),
  };
  expect(await send(urls.hub, "GET", "/parties/MSISDN/1", headers)).toMatchObject({
    status: 400,
    code: "3105",
  });
  expect(old.received).toEqual([]);
  expect(hub.received[0]).toMatchObject({ method: "PUT", url: "/parties/MSISDN/1/error" });
  expect(events[0]).toMatchObject({ outcome: "refused", signature: "refused", errorCallback: true });
});

test("a protected Content-Type breaks even where only the media type is another", async () => {
  const { urls, hub } = await start();
  const headers = fields("POST", "quotes", "1.0", "old");
  const signature = signed(BODY, "/quotes", "POST", { "Content-Type": headers["content-type"] });
  expect(await send(urls.participants, "POST", "/quotes", { ...headers, ...signature }, BODY)).toMatchObject({
    code: "3105",
  });
  expect(hub.received).toEqual([]);
});

test("policy strip: the message changes and bears no signature field any more", async () => {
  const { urls, old, events } = await start("strip");
  const headers = {
    ...fields("PUT", "parties", "2.0", "new", { "fspiop-destination": "old" }),
    ...signed(PARTY, "/parties/MSISDN/1", "PUT"),
  };
  expect(await send(urls.hub, "PUT", "/parties/MSISDN/1", headers, PARTY)).toMatchObject({ status: 200 });
  const names = Object.keys(old.received[0]?.headers ?? {});
  expect(
    names.filter((name) => ["fspiop-signature", "fspiop-uri", "fspiop-http-method"].includes(name)),
  ).toEqual([]);
  expect(events[0]).toMatchObject({ signature: "stripped" });
});

test("policy resign: the changed message bears the adapter's signature over what it is now", async () => {
  const { urls, old, events } = await start("resign");
  const headers = {
    ...fields("PUT", "parties", "2.0", "new", { "fspiop-destination": "old" }),
    ...signed(PARTY, "/parties/MSISDN/1", "PUT"),
  };
  expect(await send(urls.hub, "PUT", "/parties/MSISDN/1", headers, PARTY)).toMatchObject({ status: 200 });
  expect(JSON.parse(old.received[0]?.body ?? "")).not.toHaveProperty("party.supportedCurrencies");
  expect(signerOf(old.received[0])).toEqual({
    by: "adapter",
    protects: {
      alg: "RS256",
      "FSPIOP-URI": "/parties/MSISDN/1",
      "FSPIOP-HTTP-Method": "PUT",
      "FSPIOP-Source": "new",
      "FSPIOP-Destination": "old",
    },
  });
  expect(events[0]).toMatchObject({ signature: "resigned" });
});

test("policy resign: an error callback in a participant's name is signed by the adapter", async () => {
  const { urls, mid, hub } = await start("resign");
  mid.answer = () => ({ status: 406 });
  const headers = fields("POST", "quotes", "2.0", "old", { "fspiop-destination": "mid" });
  await send(urls.hub, "POST", "/quotes", headers, BODY);
  expect(signerOf(hub.received[0])).toMatchObject({
    by: "adapter",
    protects: { "FSPIOP-Source": "mid", "FSPIOP-Destination": "old" },
  });
});

test("policy resign: so is one in place of an answer, in whoever's name it goes", async () => {
  const { urls, hub, old } = await start("resign");
  const answer = fields("PUT", "quotes", "1.0", "old", { "fspiop-destination": "new" });
  await send(urls.participants, "PUT", `/quotes/${QUOTE.quoteId}`, answer, "{}");
  const onward = fields("PUT", "quotes", "2.0", "new", { "fspiop-destination": "old" });
  await send(urls.hub, "PUT", `/quotes/${QUOTE.quoteId}`, onward, "{}");
  expect([signerOf(hub.received[0]), signerOf(old.received[0])]).toMatchObject([
    { by: "adapter", protects: { "FSPIOP-Source": "old", "FSPIOP-Destination": "new" } },
    { by: "adapter", protects: { "FSPIOP-Source": "hub", "FSPIOP-Destination": "old" } },
  ]);
});

test("an unsigned message stays unsigned, and a broken signature field is treated as covering everything", async () => {
  const { urls, hub } = await start();
  const headers = fields("POST", "quotes", "1.0", "old");
  expect(await send(urls.participants, "POST", "/quotes", headers, BODY)).toMatchObject({ status: 202 });
  expect(hub.received[0]?.headers).not.toHaveProperty("fspiop-signature");
  const broken = { ...headers, "fspiop-signature": "null" };
  expect(await send(urls.participants, "POST", "/quotes", broken, BODY)).toMatchObject({ code: "3105" });
});

test.each([
  ["no key", {}, "signing.privateKey"],
  ["a key that is none", { signing: { privateKey: "nonsense" } }, "not a private key in PEM"],
])("to sign anew with %s is an error at the start", async (_name, change, message) => {
  await expect(startWire({ jws: "resign", ...change })).rejects.toThrow(message);
  expect(createPrivateKey(PEM).asymmetricKeyType).toBe("rsa");
});
