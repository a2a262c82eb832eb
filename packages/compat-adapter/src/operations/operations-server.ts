import { errorBody, isVersion, type Version } from "@mojaloop-versioning/protocol";
import Fastify, { type FastifyInstance } from "fastify";
import type { Metrics } from "./metrics.ts";
import { renderVersionsPage, VERSIONS_PAGE_POLICY } from "./versions-page.ts";
import type { VersionsReport } from "./versions-report.ts";

/** What the operations side shows. */
export interface OperationsSources {
  readonly metrics: Metrics;
  readonly draining: () => boolean;
  readonly versions: (below?: Version) => Promise<VersionsReport>;
}

/** The pages for whoever looks after the adapter: `/health`, `/metrics`, `/versions`. They are on no side that participants reach. */
export function createOperationsServer({ metrics, draining, versions }: OperationsSources): FastifyInstance {
  const server = Fastify();
  server.get("/health", async (_request, reply) => {
    const status = draining() ? "draining" : "ok";
    return reply.code(status === "ok" ? 200 : 503).send({ status });
  });
  server.get("/metrics", async (_request, reply) => {
    const { registry } = metrics;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  server.get<{ Querystring: { below?: string } }>("/versions", async (request, reply) => {
    const { below } = request.query;
    if (below !== undefined && !isVersion(below)) {
      return reply.code(400).send(errorBody("3100", "below is a version, like 2.0"));
    }
    const report = await versions(below);
    reply.headers({ vary: "accept", "cache-control": "no-store", "x-content-type-options": "nosniff" });
    // A browser asks for HTML by name; whatever else asks gets JSON.
    if (!request.headers.accept?.includes("text/html")) return reply.send(report);
    return reply
      .type("text/html; charset=utf-8")
      .headers({ "content-security-policy": VERSIONS_PAGE_POLICY, "referrer-policy": "no-referrer" })
      .send(renderVersionsPage(report));
  });
  return server;
}
