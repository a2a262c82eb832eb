import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { graceful, type GracefulOptions } from "../src/index.ts";

const BASE: GracefulOptions = { signals: [], log: () => undefined, drainMs: 50, deadlineMs: 400 };

test("intake runs at once and together, resources afterwards and one by one", async () => {
  const order: string[] = [];
  const step = (name: string, ms: number) => async () => {
    order.push(`${name} begins`);
    await delay(ms);
    order.push(`${name} ends`);
  };
  const stopper = graceful(createServer(), {
    ...BASE,
    intake: { a: step("a", 40), b: step("b", 20) },
    resources: { producer: step("producer", 20), database: step("database", 0) },
  });
  expect(await stopper.stop()).toMatchObject({ finished: true, unfinished: [] });
  expect(order).toEqual([
    "a begins",
    "b begins",
    "b ends",
    "a ends",
    "producer begins",
    "producer ends",
    "database begins",
    "database ends",
  ]);
});

test("a step that fails and one that hangs are named, and the others run", async () => {
  const closed: string[] = [];
  const stopper = graceful(createServer(), {
    ...BASE,
    intake: {
      consumer: () => {
        throw new Error("broker is away");
      },
      hanging: () => new Promise(() => undefined),
    },
    resources: {
      producer: () => Promise.reject(new Error("flush failed")),
      database: () => void closed.push("database"),
    },
  });
  expect(await stopper.stop()).toMatchObject({
    finished: false,
    unfinished: ["consumer (broker is away)", "hanging (deadline)", "producer (flush failed)"],
  });
  expect(closed).toEqual(["database"]);
});

test("a second stop is the first one", async () => {
  const stopper = graceful(createServer(), BASE);
  expect(stopper.phase).toBe("serving");
  const [first, second] = await Promise.all([stopper.stop("a"), stopper.stop("b")]);
  expect(first).toBe(second);
  expect(first.reason).toBe("a");
  expect(stopper.phase).toBe("stopped");
});

test("a listener of events that throws stops nothing", async () => {
  const lines: string[] = [];
  const stopper = graceful(createServer(), {
    ...BASE,
    log: (line) => void lines.push(line),
    onEvent: () => {
      throw new Error("metrics are away");
    },
  });
  expect(await stopper.stop()).toMatchObject({ finished: true });
  expect(lines).toContain("graceful: onEvent failed: metrics are away");
});

describe("what cannot work is an error at once", () => {
  test.each<[options: object, says: string]>([
    [{ drainMS: 5 }, 'unknown option "drainMS"; known are graceMs, drainMs'],
    [{ drainMs: -1 }, "drainMs is -1; it must be a number of milliseconds, 0 or more"],
    [{ deadlineMs: Number.NaN }, "deadlineMs is NaN"],
    [{ drainMs: 500, deadlineMs: 400 }, "drainMs (500) must not be more than deadlineMs (400)"],
    [{ resources: { database: {} } }, "resources.database must be a function, such as () => client.close()"],
  ])("%j: %s", (options, says) => {
    expect(() => graceful(createServer(), options)).toThrow(says);
  });

  test.each<[given: unknown, says: string]>([
    [() => undefined, "pass what app.listen() returns"],
    [{}, "graceful takes a server"],
    [undefined, "graceful takes a server"],
  ])("graceful(%s): %s", (given, says) => {
    expect(() => graceful(given as ReturnType<typeof createServer>)).toThrow(says);
  });

  test("one server twice: the same stopper, or an error for other options", () => {
    const server = createServer();
    const stopper = graceful(server, BASE);
    expect(graceful(server)).toBe(stopper);
    expect(graceful(server, BASE)).toBe(stopper);
    expect(() => graceful(server, { drainMs: 1 })).toThrow("before, with other options");
  });
});

test.each([
  [{}, 5_000],
  [{ graceMs: 10_000 }, 3_000],
  [{ graceMs: 1_000 }, 166],
  [{ graceMs: 10_000, drainMs: 0 }, 0],
])("%j drains for %i ms", async (options, drainMs) => {
  const seen: number[] = [];
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const stopper = graceful(server, {
    ...options,
    signals: [],
    log: () => undefined,
    onEvent: (event) => event.phase === "draining" && seen.push(event.drainMs),
  });
  void stopper.stop();
  await delay(1);
  expect(seen).toEqual([drainMs]);
  server.close();
});
