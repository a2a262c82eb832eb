import { afterEach, describe, expect, test } from "vitest";
import { setTimeout as delay } from "node:timers/promises";
import { load } from "./support/load.ts";
import { killAll, start } from "./support/started.ts";

afterEach(killAll);

const LOAD = { rate: 200, forMs: 20_000, lagMs: 300 };

// Signals a service under load, waits until the balancer sends no more, and ends the drain with a second signal. So the length of the
// drain does not depend on how busy the machine is.
async function stopUnderLoad(framework: string, mode: string) {
  const service = await start("service.ts", framework, mode);
  const url = `http://127.0.0.1:${service.line}`;
  const loading = load(url, LOAD);
  await delay(1_000);
  service.signal("SIGTERM");
  const report = await loading;
  const slow = fetch(`${url}/work?ms=500`, { method: "POST" }).then(
    (response) => response.text(),
    () => "lost",
  );
  await delay(200);
  service.signal("SIGTERM");
  return { ...report, slow: await slow, code: await service.exit, log: service.log() };
}

describe.each(["http", "express", "express4", "fastify", "fastify4", "hapi"])("%s", (framework) => {
  test("loses no request of 200 a second", async () => {
    const { sent, lost, slow, code, log } = await stopUnderLoad(framework, "graceful");
    expect(lost).toEqual([]);
    expect(slow).toBe("done");
    expect(sent).toBeGreaterThan(200);
    expect(code).toBe(0);
    expect(log).toMatch(
      /draining for 60\.0 s, \d+ requests? in flight\n.*closing.*\n.*stopped after .* nothing cut\n$/,
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
