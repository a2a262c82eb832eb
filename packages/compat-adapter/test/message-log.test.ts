import { pino } from "pino";
import { expect, test } from "vitest";
import { fields, send, startWire } from "./support/wire.ts";

const MSISDN = "27713803912";

test.each<[level: string, count: number]>([
  ["info", 0],
  ["debug", 1],
])("log lines at %s: the MSISDN of a path or query is in %i or more of them", async (level, count) => {
  const lines: string[] = [];
  const logger = pino({ level }, { write: (line: string) => void lines.push(line) });
  const wire = await startWire({ logger, logHashKey: "key" });
  const path = `/parties/MSISDN/${MSISDN}`;
  const headers = fields("GET", "parties", "1.0", "old", { "fspiop-destination": "mid" });
  await send(wire.urls.participants, "GET", path, headers);
  await send(wire.urls.participants, "GET", `${path}?id=${MSISDN}`, headers);
  await send(wire.urls.participants, "GET", `${path}/unknown/path/of/it`, headers);
  await send(wire.urls.participants, "PUT", path, fields("PUT", "parties", "1.0", "old"), MSISDN);
  wire.hub.answer = () => ({ status: 503 });
  await send(wire.urls.participants, "GET", path, headers);
  await wire.close();
  await send(wire.urls.participants, "GET", path, headers).catch(() => undefined);
  expect(lines.length).toBeGreaterThanOrEqual(5);
  const withNumber = lines.filter((line) => line.includes(MSISDN));
  if (count === 0) expect(withNumber).toEqual([]);
  else expect(withNumber.length).toBeGreaterThanOrEqual(count);
  const targets = lines.map((line) => (JSON.parse(line) as { target?: string }).target); // written by pino
  expect(targets[0]).toMatch(/^[\w-]{16}$/);
  expect(targets[0]).not.toBe(targets[1]);
});
