// A service for the bench of whole requests, in a process of its own. With the middleware or without: then it sets the headers that
// the API Definition wants on an answer (3.2.1, Table 2) by hand. It tells its CPU time when asked.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import fastify from "fastify";
import { versioning as onExpress } from "@mojaloop-versioning/negotiate/express";
import { versioning as onFastify } from "@mojaloop-versioning/negotiate/fastify";

const [framework, middleware] = process.argv.slice(2);
const options = { offer: { transfers: ["1.0", "1.1", "2.0"], quotes: ["1.0", "1.1"] } } as const;
const BY_HAND = {
  "content-type": "application/vnd.interoperability.transfers+json;version=1.1",
  vary: "Accept",
};

process.send?.(await (framework === "express" ? withExpress() : withFastify()));
process.on("message", () => process.send?.(process.cpuUsage()));

async function withExpress(): Promise<number> {
  const app = express();
  if (middleware === "with") app.use(onExpress(options));
  app.post("/transfers", express.json({ type: "+json" }), (_req, res) => {
    if (middleware !== "with") res.set(BY_HAND);
    res.status(202).end();
  });
  const server = createServer({ maxHeaderSize: 65_536 }, app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port; // a TCP server that listens
}

async function withFastify(): Promise<number> {
  const app = fastify({ http: { maxHeaderSize: 65_536 } });
  if (middleware === "with") await app.register(onFastify, options);
  else
    app.addContentTypeParser(
      /^application\/vnd\.interoperability\./,
      { parseAs: "string" },
      app.getDefaultJsonParser("error", "error"),
    );
  app.post("/transfers", (_request, reply) => {
    if (middleware !== "with") void reply.headers(BY_HAND);
    return reply.code(202).send();
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  return (app.server.address() as AddressInfo).port; // a TCP server that listens
}
