import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createCompatAdapter } from "@mojaloop-versioning/compat-adapter";
import Fastify from "fastify";
import { Pool } from "undici";

// One process of the bench: a far end, a bare proxy, or the adapter. It says where it listens, and what it has cost when asked.
const [kind = "", targetUrl = ""] = process.argv.slice(2);
const url = await start();
let before = process.cpuUsage();
process.on("message", (asked) => {
  if (asked === "begin") before = process.cpuUsage();
  else {
    const { user, system } = process.cpuUsage(before);
    process.send?.({ cpu: user + system });
  }
});
process.send?.({ url });

async function start(): Promise<string | Readonly<Record<string, string>>> {
  if (kind === "far end") return { target: await listening(createServer(answer)) };
  if (kind === "bare proxy") return { target: await startProxy() };
  const adapter = createCompatAdapter({
    hub: { url: targetUrl, version: "2.0" },
    participants: { old: { url: targetUrl, version: "1.0" }, new: { url: targetUrl, version: "2.0" } },
  });
  return adapter.listen();
}

function answer(...[request, response]: Parameters<NonNullable<Parameters<typeof createServer>[1]>>): void {
  request.resume();
  request.on("end", () => response.writeHead(202, { "content-length": 0 }).end());
}

/** As small as a proxy on fastify and undici can be: a body is passed on in one piece, which here is faster than as a stream. */
async function startProxy(): Promise<string> {
  const pool = new Pool(targetUrl, { connections: 100 });
  const server = Fastify();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  server.all("/*", async (request, reply) => {
    const headers = {
      ...request.headers,
      host: undefined,
      connection: undefined,
      "content-length": undefined,
    };
    const body = request.body as Buffer; // as the parser above gives it
    const sent = await pool.request({ method: request.method, path: request.url, headers, body });
    return reply.code(sent.statusCode).send(sent.body);
  });
  return server.listen({ host: "127.0.0.1", port: 0 });
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server that listens has one
}
