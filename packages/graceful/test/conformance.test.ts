import { afterEach, describe, expect, test } from "vitest";
import { load } from "./support/load.ts";
import { killAll, start } from "./support/started.ts";

afterEach(killAll);

const LOAD = { rate: 200, forMs: 8_000, lagMs: 300 };

// Signals a service under load and follows both to their end.
async function stopUnderLoad(framework: string, mode: string) {
  const service = await start("service.ts", framework, mode);
  const loading = load(`http://127.0.0.1:${service.line}`, LOAD);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  service.signal("SIGTERM");
  const report = await loading;
  const code = await Promise.race([
    service.exit,
    new Promise<"hangs">((resolve) => setTimeout(resolve, 3_000, "hangs")),
  ]);
  return { ...report, code, log: service.log() };
}

describe.each(["http", "express", "express4", "fastify", "fastify4", "hapi"])("%s", (framework) => {
  test("loses no request of 200 a second", async () => {
    const { sent, lost, code, log } = await stopUnderLoad(framework, "graceful");
    expect(lost).toEqual([]);
    expect(sent).toBeGreaterThan(200);
    expect(code).toBe(0);
    expect(log).toMatch(
      /draining for 0\.8 s, \d+ requests? in flight\n.*closing.*\n.*stopped after .* nothing cut\n$/,
    );
  });
});

// The same load sees what is lost without it.
test.each([
  ["none", "the process ends with requests in flight"],
  ["close", "new connections are refused while the balancer still sends"],
  ["close-all", "requests in flight are cut"],
])("control %s: %s", async (mode) => {
  const { lost } = await stopUnderLoad("http", mode);
  expect(lost).not.toEqual([]);
});
