import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { killAll, start } from "./support/started.ts";

afterEach(killAll);

const program = (name: string) => start("program.ts", name);
const elapsed = async (since: number, work: Promise<unknown>) => {
  await work;
  return performance.now() - since;
};

test.each<[signal: NodeJS.Signals, says: RegExp]>([
  ["SIGTERM", /SIGTERM, draining for 0\.4 s, 0 requests in flight/],
  ["SIGINT", /SIGINT, draining for 0\.0 s/],
])("%s: exit code 0 and a line per phase", async (signal, says) => {
  const service = await program("plain");
  service.signal(signal);
  expect(await service.exit).toBe(0);
  expect(service.log()).toMatch(says);
  expect(service.log().trim().split("\n")).toHaveLength(3);
});

test("a handler that hangs: cut at the deadline, exit code 1, and the line says what", async () => {
  const service = await program("hanging");
  const socket = connect(Number(service.line), "127.0.0.1").on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  await delay(100);
  service.signal("SIGTERM");
  expect(await service.exit).toBe(1);
  expect(service.log()).toMatch(/stopped after .*, 0 served, 1 request cut; not finished: 1 connection\n$/);
  socket.destroy();
});

test("a second signal ends the drain, a third one cuts", async () => {
  const service = await program("hanging");
  const socket = connect(Number(service.line), "127.0.0.1").on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  await delay(100);
  for (const phase of ["draining", "closing"]) {
    service.signal("SIGTERM");
    while (!service.log().includes(phase)) await delay(5);
  }
  service.signal("SIGTERM");
  expect(await service.exit).toBe(1);
  // 1,500 ms is the deadline.
  expect(Number(/stopped after ([\d.]+) s/.exec(service.log())?.[1])).toBeLessThan(1.4);
  socket.destroy();
});

test("an exception that nothing catches ends the drain: exit code 1, and what is in flight is not cut", async () => {
  const service = await program("throwing");
  const answer = fetch(`http://127.0.0.1:${service.line}/`).then((response) => response.text());
  await delay(100);
  service.signal("SIGTERM");
  expect(await answer).toBe("late");
  expect(await service.exit).toBe(1);
  expect(service.log()).toMatch(/uncaught while stopping: thrown by nobody's promise[^]*nothing cut\n$/);
});

test("a server that starts to listen after the signal is closed: exit code 0", async () => {
  const service = await program("before-listening");
  service.signal("SIGTERM");
  expect(await service.exit).toBe(0);
});

test("two servers of two calls: the process waits for both", async () => {
  const service = await program("two");
  const since = performance.now();
  service.signal("SIGTERM");
  expect(await elapsed(since, service.exit)).toBeGreaterThan(900);
  expect(await service.exit).toBe(0);
  expect(service.log().match(/stopped after/g)).toHaveLength(2);
});

test("detached: the signal has its default effect", async () => {
  const service = await program("detached");
  service.signal("SIGTERM");
  expect(await service.exit).toBe("SIGTERM");
});

test("cluster: the primary process alone is signalled, and its workers finish their requests", async () => {
  const service = await program("cluster");
  const answer = fetch(`http://127.0.0.1:${service.line}/`).then((response) => response.text());
  await delay(100);
  service.signal("SIGTERM");
  expect(await answer).toBe("worker");
  expect(await service.exit).toBe(0);
  expect(service.log().match(/stopped after/g)).toHaveLength(3);
});

test("cluster: a worker that ignores the signal is killed at the deadline, exit code 1", async () => {
  const service = await program("deaf-workers");
  service.signal("SIGTERM");
  expect(await service.exit).toBe(1);
  expect(service.log()).toContain("graceful: 1 cluster worker killed");
});

test("a worker thread ends with its process", async () => {
  const service = await program("thread");
  expect(await (await fetch(`http://127.0.0.1:${service.line}/`)).text()).toBe("thread");
  service.signal("SIGTERM");
  expect(await service.exit).toBe(0);
});
