import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { load } from "./support/load.ts";
import { killAll, start, startRegistered } from "./support/started.ts";

afterEach(killAll);

const TIMES = { GRACEFUL_DRAIN_MS: "800", GRACEFUL_DEADLINE_MS: "20000" };
const LONG = { GRACEFUL_DRAIN_MS: "60000", GRACEFUL_DEADLINE_MS: "90000" };
const LOAD = { rate: 100, forMs: 20_000, lagMs: 300 };

test("an unchanged service loses no request, and it loses some without the preload", async () => {
  const lostOf = async (service: Awaited<ReturnType<typeof start>>) => {
    const loading = load(`http://127.0.0.1:${service.line}`, LOAD);
    await delay(800);
    service.signal("SIGTERM");
    const { lost } = await loading;
    // The second signal ends the drain.
    service.signal("SIGTERM");
    return { lost, code: await service.exit };
  };
  expect(await lostOf(await startRegistered(LONG, "unchanged.mjs"))).toEqual({ lost: [], code: 0 });
  const without = await lostOf(await start("unchanged.mjs"));
  expect(without.lost).not.toEqual([]);
  expect(without.code).toBe("SIGTERM");
});

test("a CommonJS program as well", async () => {
  const service = await startRegistered(TIMES, "unchanged.cjs");
  const answer = fetch(`http://127.0.0.1:${service.line}/`).then((response) => response.text());
  await delay(100);
  service.signal("SIGTERM");
  expect([await answer, await service.exit]).toEqual(["done", 0]);
});

test("the service's own handler runs afterwards and decides the exit code", async () => {
  const service = await startRegistered(TIMES, "unchanged.mjs", "own-handler");
  const answer = fetch(`http://127.0.0.1:${service.line}/?ms=300`).then((response) => response.text());
  await delay(100);
  service.signal("SIGTERM");
  expect([await answer, await service.exit]).toEqual(["done", 7]);
  expect(service.log()).toMatch(/stopped after[^]*own handler: SIGTERM\n$/);
});

test("a handler of its own that does not exit is given three seconds", async () => {
  const service = await startRegistered(
    { ...TIMES, GRACEFUL_DRAIN_MS: "0" },
    "unchanged.mjs",
    "deaf-handler",
  );
  service.signal("SIGTERM");
  expect(await service.exit).toBe(0);
  expect(service.log()).toContain("own handler\n");
});

test("GRACEFUL=off leaves the service as it was", async () => {
  const service = await startRegistered({ ...TIMES, GRACEFUL: "off" }, "unchanged.mjs");
  service.signal("SIGTERM");
  expect(await service.exit).toBe("SIGTERM");
  expect(service.log()).toBe("");
});

test("a service that calls graceful itself is stopped once", async () => {
  const service = await startRegistered(TIMES, "program.ts", "plain");
  service.signal("SIGTERM");
  expect(await service.exit).toBe(0);
  // `register` has no servers to drain, so it does not wait.
  expect(service.log()).toMatch(/draining for 0\.0 s[^]*draining for 0\.4 s/);
});

test.each([
  [
    { GRACEFUL_DRAIN_MS: "soon" },
    "graceful: GRACEFUL_DRAIN_MS=soon is not a number of milliseconds, ignored",
  ],
  [
    { GRACEFUL_DRAIN_MS: "900", GRACEFUL_DEADLINE_MS: "100" },
    "graceful: drainMs (900) must not be more than deadlineMs (100); the defaults are used",
  ],
])("%j keeps no service from starting", async (env, says) => {
  const service = await startRegistered(env, "unchanged.mjs");
  expect(service.log()).toContain(says);
  expect(await (await fetch(`http://127.0.0.1:${service.line}/`)).text()).toBe("done");
});
