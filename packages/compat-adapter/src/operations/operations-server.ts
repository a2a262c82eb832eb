import { errorBody, isVersion } from "@mojaloop-versioning/protocol";
import Fastify, { type FastifyInstance } from "fastify";
import type { Metrics } from "./metrics.ts";
import { renderVersionsPage, VERSIONS_PAGE_POLICY } from "./versions-page.ts";
import { REPORT_DAYS, type VersionsQuestion, type VersionsReport } from "./versions-report.ts";
import { renderVersionsText } from "./versions-text.ts";

/** What the operations side shows. */
export interface OperationsSources {
  readonly metrics: Metrics;
  readonly health: () => Promise<Health>;
  readonly versions: (question: VersionsQuestion) => Promise<VersionsReport>;
}

/** The body of `/health`. Any status but `ok` is answered with 503. */
export interface Health {
  readonly status: "ok" | "draining" | "store-unavailable";
  /** The store that does not answer. */
  readonly store?: string;
}

/** The server of the operations side: `/health`, `/metrics`, `/versions`. Participants and the hub do not reach it. */
export function createOperationsServer({ metrics, health, versions }: OperationsSources): FastifyInstance {
  const server = Fastify();
  server.get("/health", async (_request, reply) => {
    const found = await health();
    return reply.code(found.status === "ok" ? 200 : 503).send(found);
  });
  server.get("/metrics", async (_request, reply) => {
    const { registry } = metrics;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  server.get<{ Querystring: { below?: string; days?: string } }>("/versions", async (request, reply) => {
    const { below, days } = request.query;
    if (below !== undefined && !isVersion(below))
      return reply.code(400).send(errorBody("3100", "below must be a version, like 2.0"));
    const period = REPORT_DAYS.find((each) => String(each) === days);
    if (days !== undefined && period === undefined)
      return reply.code(400).send(errorBody("3100", `days must be one of ${REPORT_DAYS.join(", ")}`));
    const report = await versions({ below, days: period });
    reply.headers({ vary: "accept", "cache-control": "no-store", "x-content-type-options": "nosniff" });
    // A browser asks for HTML by name, a terminal for text; other clients get JSON.
    const { accept = "" } = request.headers;
    if (accept.includes("text/html")) {
      return reply
        .type("text/html; charset=utf-8")
        .headers({ "content-security-policy": VERSIONS_PAGE_POLICY, "referrer-policy": "no-referrer" })
        .send(renderVersionsPage(report));
    }
    if (!accept.includes("text/plain")) return reply.send(report);
    return reply.type("text/plain; charset=utf-8").send(renderVersionsText(report));
  });
  server.setErrorHandler((_error, _request, reply) => {
    const error = errorBody("2001", "The store of the adapter cannot be reached");
    return reply.code(503).header("retry-after", "1").send(error);
  });
  return server;
}
