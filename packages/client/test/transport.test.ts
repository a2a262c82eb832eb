import { once } from "node:events";
import { Agent, createServer, request } from "node:http";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { expect, test } from "vitest";
import { createClient } from "../src/index.ts";
import { party, transfer } from "./support/messages.ts";
import { listen, startPeer, typed, urlOf } from "./support/peer.ts";

test("connections are made by the agent that is given", async () => {
  const hub = await startPeer();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url, agent });
  await client.POST("/transfers", { body: transfer });
  expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
  agent.destroy();
});

test("https is spoken where the base URL says so", async () => {
  const hub = await startPeer(); // speaks plain HTTP
  const client = createClient({
    api: fspiopV1_1,
    fspId: "payerfsp",
    baseUrl: hub.url.replace("http:", "https:"),
  });
  await expect(client.POST("/transfers", { body: transfer })).rejects.toMatchObject({ code: "EPROTO" });
});

test("a fetch of the program's own is used in place of Node's client", async () => {
  const hub = await startPeer();
  const asked: string[] = [];
  const client = createClient({
    api: fspiopV1_1,
    fspId: "payerfsp",
    baseUrl: hub.url,
    fetch: (request) => {
      asked.push(`${request.method} ${request.url}`);
      return fetch(request);
    },
  });
  expect((await client.POST("/transfers", { body: transfer })).response?.status).toBe(202);
  expect(asked).toEqual([`POST ${hub.url}/transfers`]);
  expect(hub.seen[0]).toMatchObject({ body: transfer, headers: { "fspiop-source": "payerfsp" } });
});

test("a redirection is followed by no fetch (API Definition 3.2.4, Table 3)", async () => {
  const hub = await startPeer(() => ({ status: 301, headers: { location: "/elsewhere" } }));
  const options = { api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url };
  for (const client of [createClient(options), createClient({ ...options, fetch })]) {
    expect((await client.POST("/transfers", { body: transfer })).error?.status).toBe(301);
  }
  expect(hub.seen.map(({ path }) => path)).toEqual(["/transfers", "/transfers"]);
});

test("every header of a response can be read, and a 204 has no body", async () => {
  const hub = await startPeer(() => ({ status: 204, headers: { "x-request-id": "7", vary: "Accept" } }));
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url });
  const { response } = await client.POST("/transfers", { body: transfer });
  expect([response?.status, response?.headers.get("x-request-id")]).toEqual([204, "7"]);
});

test("a server can be closed as soon as its exchange is over, though the connection of the callback is kept alive", async () => {
  const agent = new Agent({ keepAlive: true });
  const hub = await startPeer();
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url });
  const server = createServer({ keepAliveTimeout: 0 }, client.callbacks); // none of its own: it would stay open for good
  await listen(server);

  const answer = client.parties.lookup({ Type: "MSISDN", ID: "123456789" });
  await hub.until(1);
  const headers = { "content-type": typed("parties", "1.1"), "fspiop-source": "payeefsp" };
  const callback = request(`${urlOf(server)}/parties/MSISDN/123456789`, { method: "PUT", agent, headers });
  callback.end(JSON.stringify(party));
  const replied = once(callback, "response");
  const closed = answer.then(() => once(server.close(), "close"));
  expect((await answer).data).toEqual(party);
  await closed;
  expect(await replied).toMatchObject([{ statusCode: 200, headers: { connection: "keep-alive" } }]);
  agent.destroy();
});
