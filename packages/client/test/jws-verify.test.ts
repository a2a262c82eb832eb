import { createHmac, generateKeyPairSync, sign as signWith, type KeyObject } from "node:crypto";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createClient, type Client, type ClientOptions } from "../src/index.ts";
import { createJwsSign, createJwsVerify } from "../src/jws.ts";
import { fulfilment, party, payeeRejects, transfer, UUID } from "./support/messages.ts";
import { sendCallback, serve, startPeer, typed, type Reply, type Sent } from "./support/peer.ts";

const PAYEE = generateKeyPairSync("rsa", { modulusLength: 2048 });
const OTHER = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PATH = `/transfers/${UUID}`;
const BODY = JSON.stringify(fulfilment);
const DATE = "Tue, 15 Nov 2026 08:12:31 GMT";

const PROTECTED: Readonly<Record<string, unknown>> = {
  alg: "RS256",
  "FSPIOP-URI": PATH,
  "FSPIOP-HTTP-Method": "PUT",
  "FSPIOP-Source": "payeefsp",
  "FSPIOP-Destination": "payerfsp",
  Date: DATE,
};

/** The headers of Signature 1.1, section 3, made by Node's crypto alone (RFC 7515 5.1). */
function signed(header: object, text = BODY, sign = byKey(PAYEE.privateKey)): Record<string, string> {
  const protectedHeader = Buffer.from(JSON.stringify(header)).toString("base64url");
  const input = `${protectedHeader}.${Buffer.from(text).toString("base64url")}`;
  return { "fspiop-signature": JSON.stringify({ signature: sign(input), protectedHeader }) };
}

type Signer = (input: string) => string;

function byKey(key: KeyObject, hash = "sha256"): Signer {
  return (input) => signWith(hash, Buffer.from(input), key).toString("base64url");
}

interface Listening {
  readonly client: Client<typeof fspiopV1_1>;
  readonly taken: string[];
  readonly callbacks: string;
  readonly errors: unknown[];
}

const KEYS = { payeefsp: PAYEE.publicKey };

/** A client that takes callbacks below `/fsp` and verifies them. */
async function listening(options: Partial<ClientOptions<typeof fspiopV1_1>> = {}): Promise<Listening> {
  const taken: string[] = [];
  const errors: unknown[] = [];
  const client = createClient({
    api: fspiopV1_1,
    fspId: "payerfsp",
    baseUrl: "http://127.0.0.1:9",
    basePath: "/fsp",
    verify: createJwsVerify({ keys: KEYS }),
    onCallback: ({ operation }) => void taken.push(operation),
    onError: (error) => void errors.push(error),
    ...options,
  });
  return { client, taken, callbacks: await serve(client.callbacks), errors };
}

function put(base: string, headers: Record<string, string>, sent: Partial<Sent> = {}): Promise<Reply> {
  const type = typed("transfers", "1.1");
  return sendCallback(base, `/fsp${PATH}`, {
    type,
    body: BODY,
    headers: { date: DATE, ...headers },
    ...sent,
  });
}

type Row = [what: string, headers: Record<string, string>, refusal: string | undefined, why: string];

const without = (name: string): object =>
  Object.fromEntries(Object.entries(PROTECTED).filter(([each]) => each !== name));

// Signature 1.1, sections 3 and 4; RFC 7515 5.2
test.each<Row>([
  ["RS256", signed(PROTECTED), undefined, "as it should be"],
  [
    "RS384",
    signed({ ...PROTECTED, alg: "RS384" }, BODY, byKey(PAYEE.privateKey, "sha384")),
    undefined,
    "allowed",
  ],
  [
    "RS512",
    signed({ ...PROTECTED, alg: "RS512" }, BODY, byKey(PAYEE.privateKey, "sha512")),
    undefined,
    "allowed",
  ],
  [
    "the whole path",
    signed({ ...PROTECTED, "FSPIOP-URI": `/fsp${PATH}` }),
    undefined,
    "API Definition 1.0 has it so",
  ],
  ["no Date", signed(without("Date")), undefined, "the Date need not be protected"],
  ["a key id", signed({ ...PROTECTED, kid: "2026" }), undefined, "a parameter of JWS and no header"],
  ["no signature", {}, "FSPIOP-Signature is missing", "it is required"],
  ["no JSON", { "fspiop-signature": "?" }, "FSPIOP-Signature must be an object", "malformed"],
  ["null", { "fspiop-signature": "null" }, "FSPIOP-Signature must be an object", "malformed"],
  [
    "half of it",
    { "fspiop-signature": `{"signature":"AAAA"}` },
    "FSPIOP-Signature must be an object",
    "malformed",
  ],
  [
    "no base64url",
    { "fspiop-signature": `{"signature":"%","protectedHeader":"%"}` },
    "FSPIOP-Signature is not valid for the body",
    "malformed",
  ],
  [
    "another body",
    signed(PROTECTED, `${BODY} `),
    "FSPIOP-Signature is not valid for the body",
    "a blank more was signed",
  ],
  [
    "another key",
    signed(PROTECTED, BODY, byKey(OTHER.privateKey)),
    "FSPIOP-Signature is not valid for the body",
    "somebody else has signed",
  ],
  [
    "none",
    signed({ ...PROTECTED, alg: "none" }, BODY, () => ""),
    "FSPIOP-Signature is not valid for the body",
    "unsigned, and says so",
  ],
  [
    "HS256 by the public key",
    signed({ ...PROTECTED, alg: "HS256" }, BODY, (input) =>
      createHmac("sha256", PAYEE.publicKey.export({ type: "spki", format: "pem" }))
        .update(input)
        .digest("base64url"),
    ),
    "FSPIOP-Signature is not valid for the body",
    "RFC 8725 2.1: the algorithm is ours to choose",
  ],
  [
    "an unknown source",
    { ...signed({ ...PROTECTED, "FSPIOP-Source": "otherfsp" }), "fspiop-source": "otherfsp" },
    "There is no public key of otherfsp",
    "no key",
  ],
  [
    "a source named like a member of every object",
    { ...signed({ ...PROTECTED, "FSPIOP-Source": "constructor" }), "fspiop-source": "constructor" },
    "There is no public key of constructor",
    "only own members are keys",
  ],
  [
    "another path",
    signed({ ...PROTECTED, "FSPIOP-URI": "/transfers/1" }),
    "The signature covers another fspiop-uri",
    "replayed as the answer to another transfer",
  ],
  [
    "another method",
    signed({ ...PROTECTED, "FSPIOP-HTTP-Method": "PATCH" }),
    "The signature covers another fspiop-http-method",
    "replayed as another operation",
  ],
  [
    "another source",
    signed({ ...PROTECTED, "FSPIOP-Source": "otherfsp" }),
    "The signature covers another fspiop-source",
    "the header is not what was signed",
  ],
  [
    "another destination",
    signed({ ...PROTECTED, "FSPIOP-Destination": "otherfsp" }),
    "The signature covers another fspiop-destination",
    "meant for somebody else",
  ],
  [
    "another date",
    signed({ ...PROTECTED, Date: "Tue, 15 Nov 2026 08:12:32 GMT" }),
    "The signature covers another date",
    "protected, so it must be the same",
  ],
  [
    "an absent header",
    signed({ ...PROTECTED, "X-Trace": "1" }),
    "The signature covers another x-trace",
    "protected, so it must be there",
  ],
  ...["FSPIOP-URI", "FSPIOP-HTTP-Method", "FSPIOP-Source", "FSPIOP-Destination"].map((name): Row => [
    `${name} unprotected`,
    signed(without(name)),
    `The signature does not cover ${name.toLowerCase()}`,
    "Signature 1.1, section 3: it must be",
  ]),
])("%s: %j is answered %s (%s)", async (_what, headers, refusal) => {
  const { taken, callbacks } = await listening();
  const { status, body } = await put(callbacks, headers);
  if (refusal === undefined) {
    expect([status, taken]).toEqual([200, ["PUT /transfers/{ID}"]]);
  } else {
    expect([status, taken]).toEqual([400, []]);
    expect(body).toMatchObject({
      errorInformation: { errorCode: "3105", errorDescription: expect.stringContaining(refusal) as string },
    });
  }
});

test("a forged callback does not end the exchange, the true one does", async () => {
  const hub = await startPeer();
  const { client, callbacks } = await listening({ baseUrl: hub.url });
  const answer = client.transfers.prepare({ ...transfer, transferId: UUID });
  await hub.until(1);
  const { status } = await put(callbacks, signed(PROTECTED, BODY, byKey(OTHER.privateKey)));
  expect(status).toBe(400);
  await put(callbacks, signed(PROTECTED));
  expect((await answer).data).toEqual(fulfilment);
});

test("an error callback is verified like any other", async () => {
  const { taken, callbacks } = await listening();
  const text = JSON.stringify(payeeRejects);
  const send = (header: object): Promise<Reply> =>
    sendCallback(callbacks, `/fsp${PATH}/error`, {
      type: typed("transfers", "1.1"),
      body: text,
      headers: { date: DATE, ...signed(header, text) },
    });
  expect((await send(PROTECTED)).status).toBe(400);
  expect((await send({ ...PROTECTED, "FSPIOP-URI": `${PATH}/error` })).status).toBe(200);
  expect(taken).toEqual(["PUT /transfers/{ID}/error"]);
});

test("where signatures are not required, one that is there must hold all the same", async () => {
  const { callbacks } = await listening({ verify: createJwsVerify({ keys: KEYS, required: false }) });
  const statuses = [{}, signed(PROTECTED), signed(PROTECTED, "{}")].map(
    async (headers) => (await put(callbacks, headers)).status,
  );
  expect(await Promise.all(statuses)).toEqual([200, 200, 400]);
});

test("keys may be looked up; a look-up that fails is our fault and not the sender's", async () => {
  const { callbacks, errors, taken } = await listening({
    verify: createJwsVerify({
      keys: async (fspId) => {
        if (fspId === "broken") throw new Error("the store of keys is down");
        return Promise.resolve(fspId === "payeefsp" ? PAYEE.publicKey : undefined);
      },
    }),
  });
  expect((await put(callbacks, signed(PROTECTED))).status).toBe(200);
  const broken = { ...signed({ ...PROTECTED, "FSPIOP-Source": "broken" }), "fspiop-source": "broken" };
  const { status, body } = await put(callbacks, broken);
  expect([status, body]).toMatchObject([503, { errorInformation: { errorCode: "2001" } }]);
  expect(String(errors[0])).toContain("the store of keys is down");
  expect(taken).toHaveLength(1);
});

test("what one client signs another verifies", async () => {
  const { taken, callbacks } = await listening();
  const payee = createClient({
    api: fspiopV1_1,
    fspId: "payeefsp",
    baseUrl: `${callbacks}/fsp`,
    sign: createJwsSign({ key: PAYEE.privateKey, alg: "RS512" }),
  });
  const params = { path: { Type: "MSISDN", ID: "123" } } as const;
  const { error } = await payee.PUT("/parties/{Type}/{ID}", { params, body: party, destination: "payerfsp" });
  expect([error, taken]).toEqual([undefined, ["PUT /parties/{Type}/{ID}"]]);
});

test("no header that anybody can make up is believed, and none makes it throw", async () => {
  const verify = createJwsVerify({ keys: KEYS });
  const base64url = (value: string): string => Buffer.from(value).toString("base64url");
  const parts = fc.oneof(fc.string(), fc.json().map(base64url), fc.base64String());
  const header = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ signature: parts, protectedHeader: parts }).map((jws) => JSON.stringify(jws)),
  );
  await fc.assert(
    fc.asyncProperty(header, async (signature) => {
      const headers = { "fspiop-source": "payeefsp", "fspiop-signature": signature };
      expect((await verify({ method: "PUT", paths: [PATH], headers, body: BODY })).ok).toBe(false);
    }),
    {
      numRuns: Number(process.env["FUZZ_RUNS"] ?? 300),
      seed: Number(process.env["FUZZ_SEED"] ?? 20_261_121),
    },
  );
});
