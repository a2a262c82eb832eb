import type { ErrorBody } from "@mojaloop-versioning/protocol";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { validateBody } from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import { describe, expect, test } from "vitest";
import {
  createClient,
  forVersion,
  type ClientOptions,
  type RequestHandlers,
  type VersionHandlers,
} from "../src/index.ts";
import { fulfilment, party, quote, quoteRequest, transfer, UUID } from "./support/messages.ts";
import { sendCallback, serve, startPeer, typed, type Peer } from "./support/peer.ts";

type V11 = typeof fspiopV1_1;

/** A payee of 1.1 in front of a hub that takes its callbacks. */
async function startPayee(
  handlers: RequestHandlers<V11>,
  others?: readonly VersionHandlers[],
  options: Partial<ClientOptions<V11>> = {},
): Promise<{ hub: Peer; payee: string; errors: unknown[] }> {
  const hub = await startPeer(() => ({ status: 200 }));
  const errors: unknown[] = [];
  const client = createClient({
    api: fspiopV1_1,
    fspId: "payeefsp",
    baseUrl: hub.url,
    onError: (error) => errors.push(error),
    ...options,
  });
  return { hub, payee: await serve(client.serve(handlers, others)), errors };
}

function request(method: string, type: string, accept: string, body?: unknown) {
  return { method, type, body, headers: { accept, "fspiop-source": "payerfsp" } };
}

describe("a request is answered 202, then by its callback in the version that Accept admits (3.2.3, 3.3.4)", () => {
  test.each([
    ["1.0", "1.0", "1.0"],
    ["1.0", "1", "1.1"],
    ["1.1", "1.1", "1.1"],
    ["1.1", "1.0", "1.0"],
  ])("Content-Type %s, Accept %s: %s", async (content, accept, version) => {
    const { hub, payee, errors } = await startPayee({ "POST /quotes": () => quote });
    const sent = request("POST", typed("quotes", content), typed("quotes", accept), quoteRequest);
    expect((await sendCallback(payee, "/quotes", sent)).status).toBe(202);
    await hub.until(1);
    expect(hub.seen[0]).toMatchObject({
      method: "PUT",
      path: `/quotes/${UUID}`,
      headers: {
        "content-type": typed("quotes", version),
        "fspiop-source": "payeefsp",
        "fspiop-destination": "payerfsp",
      },
      body: quote,
    });
    expect(errors).toEqual([]);
  });
});

test("a handler sees parameters, source and body, and answers a GET at its own path", async () => {
  const seen: unknown[] = [];
  const { hub, payee } = await startPayee({
    "GET /parties/{Type}/{ID}": ({ params, source, callbackVersion }) => {
      seen.push(params, source, callbackVersion);
      return party;
    },
  });
  const type = typed("parties", "1.1");
  await sendCallback(payee, "/parties/MSISDN/123456789", request("GET", type, type));
  await hub.until(1);
  expect(seen).toEqual([{ Type: "MSISDN", ID: "123456789" }, "payerfsp", "1.1"]);
  expect(hub.seen[0]).toMatchObject({ path: "/parties/MSISDN/123456789", body: party });
});

const REFUSAL: ErrorBody = { errorInformation: { errorCode: "5101", errorDescription: "no" } };

describe("what a handler gives", () => {
  const type = typed("transfers", "1.1");
  const sent = request("POST", type, type, transfer);

  test("an error body is the error callback", async () => {
    const { hub, payee } = await startPayee({ "POST /transfers": () => REFUSAL });
    await sendCallback(payee, "/transfers", sent);
    await hub.until(1);
    expect(hub.seen[0]).toMatchObject({ path: `/transfers/${UUID}/error`, body: REFUSAL });
  });

  test("an exception is an error callback with 2001 that contains nothing of it", async () => {
    const { hub, payee, errors } = await startPayee({
      "POST /transfers": () => {
        throw new Error("a secret of the ledger");
      },
    });
    await sendCallback(payee, "/transfers", sent);
    await hub.until(1);
    expect(hub.seen[0]?.body).toEqual({
      errorInformation: { errorCode: "2001", errorDescription: "Internal server error" },
    });
    expect(errors).toMatchObject([{ message: "a secret of the ledger" }]);
  });
});

test("a resend gets the answer of the first; another body under its id gets 3106 (3.2.5.1)", async () => {
  let calls = 0;
  const { hub, payee } = await startPayee({
    "POST /transfers": () => {
      calls++;
      return fulfilment;
    },
  });
  const type = typed("transfers", "1.1");
  const changed = { ...transfer, amount: { currency: "USD", amount: "999" } };
  await sendCallback(payee, "/transfers", request("POST", type, type, transfer));
  await hub.until(1);
  await sendCallback(payee, "/transfers", request("POST", type, type, transfer));
  await hub.until(2);
  await sendCallback(payee, "/transfers", request("POST", type, type, changed));
  await hub.until(3);
  expect(calls).toBe(1);
  expect(hub.seen.map(({ path }) => path)).toEqual([
    `/transfers/${UUID}`,
    `/transfers/${UUID}`,
    `/transfers/${UUID}/error`,
  ]);
  expect(hub.seen[2]?.body).toMatchObject({ errorInformation: { errorCode: "3106" } });
});

test("a handler for another version gets its requests as they are", async () => {
  const seen: string[] = [];
  const { hub, payee } = await startPayee(
    {
      "POST /quotes": ({ version }) => {
        seen.push(`1.1 reads ${version}`);
        return quote;
      },
    },
    [
      forVersion(fspiopV1_0, {
        "POST /quotes": ({ version }) => {
          seen.push(`1.0 reads ${version}`);
          return quote;
        },
      }),
    ],
  );
  for (const version of ["1.0", "1.1"]) {
    const type = typed("quotes", version);
    const body = { ...quoteRequest, quoteId: UUID.replace("8069", `80${version.replace(".", "")}`) };
    await sendCallback(payee, "/quotes", request("POST", type, type, body));
    await hub.until(seen.length);
  }
  expect(seen).toEqual(["1.0 reads 1.0", "1.1 reads 1.1"]);
});

// What is refused never reaches a handler (API Definition 3.2.1, 3.3.4; 7.6).
describe("a bad request is refused at once", () => {
  const type = typed("quotes", "1.1");
  const ok = request("POST", type, type, quoteRequest);
  test.each([
    [
      "a version that nobody speaks",
      { ...ok, headers: { ...ok.headers, accept: typed("quotes", "7.0") } },
      406,
      "3001",
    ],
    ["no Accept", { ...ok, headers: { "fspiop-source": "payerfsp" } }, 400, "3102"],
    ["no source", { ...ok, headers: { ...ok.headers, "fspiop-source": "" } }, 400, "310"],
    ["a source with a slash", { ...ok, headers: { ...ok.headers, "fspiop-source": "a/b" } }, 400, "3101"],
    ["an array", { ...ok, body: [] }, 400, "3101"],
    ["no JSON", { ...ok, body: "{" }, 400, "3101"],
    ["a body of the wrong type", { ...ok, body: { ...quoteRequest, amount: 5 } }, 400, "3100"],
  ] as const)("%s", async (_name, sent, status, code) => {
    let calls = 0;
    const { payee } = await startPayee(
      {
        "POST /quotes": () => {
          calls++;
          return quote;
        },
      },
      [],
      { validate: validateBody },
    );
    const answer = await sendCallback(payee, "/quotes", sent);
    expect(answer.status).toBe(status);
    const { errorInformation } = answer.body as ErrorBody; // every refusal is one
    expect(errorInformation.errorCode).toContain(code);
    expect(calls).toBe(0);
  });
});

test("what no handler serves goes to the next, or is answered 404; a handler for no request is an error", async () => {
  const { payee } = await startPayee({});
  const type = typed("quotes", "1.1");
  const answer = await sendCallback(payee, "/quotes", request("POST", type, type, quoteRequest));
  expect(answer.status).toBe(404);
  const client = createClient({ api: fspiopV1_1, fspId: "payeefsp", baseUrl: "http://127.0.0.1:1" });
  expect(() => client.serve({ "POST /nothing": () => undefined } as never)).toThrow(
    expect.objectContaining({
      code: "invalid-option",
      message: expect.stringContaining("POST /nothing") as string,
    }),
  );
});
