import Fastify, { type FastifyInstance } from "fastify";
import type { Metrics } from "./metrics.ts";
import type { VersionsReport } from "./versions-report.ts";

/** What the operations side shows. */
export interface OperationsSources {
  readonly metrics: Metrics;
  readonly draining: () => boolean;
  readonly versions: () => Promise<VersionsReport>;
}

/** The pages for whoever looks after the adapter: `/health`, `/metrics`, `/versions`. They are on no side that participants reach. */
export function createOperations({ metrics, draining, versions }: OperationsSources): FastifyInstance {
  const server = Fastify();
  server.get("/health", async (_request, reply) => {
    const status = draining() ? "draining" : "ok";
    return reply.code(status === "ok" ? 200 : 503).send({ status });
  });
  server.get("/metrics", async (_request, reply) => {
    const { registry } = metrics;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  server.get("/versions", async (_request, reply) => reply.send(await versions()));
  return server;
}
