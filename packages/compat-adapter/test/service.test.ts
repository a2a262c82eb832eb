import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig, startAdapter, type AdapterService } from "../src/service.ts";
import { freePort } from "./support/free-port.ts";
import { startRecorder, type Recorder } from "./support/recorder.ts";
import { fields, QUOTE, send } from "./support/wire.ts";

let folder: string;
let file: string;
let hub: Recorder;
let service: AdapterService | undefined;
const logger = pino({ level: "silent" });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "adapter-"));
  file = join(folder, "adapter.yaml");
  hub = await startRecorder();
});
afterEach(async () => {
  await service?.close();
  service = undefined;
  await hub.close();
  rmSync(folder, { recursive: true });
});

const config = (more = ""): string => `hub:
  url: ${hub.url}
  version: "2.0"
participants:
  old:
    url: http://127.0.0.1:9
    version: "1.0"
${more}`;

async function start(): Promise<AdapterService> {
  const started = await startAdapter({ config: file, logger });
  if (!started.ok) throw new Error(JSON.stringify(started.mistakes));
  service = started.service;
  return service;
}

type Row = [what: string, text: string, line: number, path: string, message: string];

test.each<Row>([
  [
    "a version without quotes",
    "hub:\n  url: http://h\n  version: 2.0\nparticipants: {}",
    3,
    "hub.version",
    'is not a version; write it in quotes, like "1.1"',
  ],
  ["a member that is missing", "participants: {}", 1, "hub", "is missing"],
  [
    "an unknown member",
    'hub: { url: "http://h", version: "2.0" }\nparticipants: {}\nparticipant: 1',
    3,
    "participant",
    "is not a known option",
  ],
  [
    "a URL of another kind",
    'hub:\n  url: ftp://h\n  version: "2.0"\nparticipants: {}',
    2,
    "hub.url",
    "is not an http or https URL",
  ],
  [
    "a URL deep inside",
    'hub: { url: "http://h", version: "2.0" }\nparticipants:\n  a: { url: "http://a" }\n  b:\n    url: b\n',
    5,
    "participants.b.url",
    "is not an http or https URL",
  ],
  [
    "a port too high",
    'hub: { url: "http://h", version: "2.0" }\nparticipants: {}\nlisten:\n  hub: { port: 70000 }',
    4,
    "listen.hub.port",
    "Too big: expected number to be <=65535",
  ],
  [
    "a key said twice",
    'hub: { url: "http://h", version: "2.0" }\nparticipants: {}\nparticipants: {}',
    3,
    "",
    "Map keys must be unique at line 3, column 1:",
  ],
  [
    "a key file that is not there",
    'hub: { url: "http://h", version: "2.0" }\nparticipants: {}\nsigning:\n  privateKeyFile: no.pem',
    4,
    "signing.privateKeyFile",
    "cannot be read",
  ],
])("%s is named with its line", (_what, text, line, path, message) => {
  const read = readConfig(text, file);
  expect(read).toMatchObject({ ok: false, mistakes: [{ line, path }] });
  expect(read.ok ? "" : read.mistakes[0]?.message).toContain(message);
});

test("what only the adapter can know is named with its line too", async () => {
  writeFileSync(file, config('  mid: { url: "http://127.0.0.1:9" }\nschemeVersion: "7.0"\n'));
  expect(await startAdapter({ config: file, logger })).toMatchObject({
    ok: false,
    mistakes: [{ line: 9, path: "schemeVersion" }],
  });
});

test("a file that is not there is a mistake like any other", async () => {
  expect(await startAdapter({ config: file, logger })).toMatchObject({
    ok: false,
    mistakes: [{ line: 1, path: file }],
  });
});

const quote = (base: string, source: string): ReturnType<typeof send> =>
  send(base, "POST", "/quotes", fields("POST", "quotes", "1.0", source), JSON.stringify(QUOTE));

test("a configuration read anew holds from the next message on, and no message is lost on the way", async () => {
  writeFileSync(file, config());
  const { urls, reload } = await start();
  expect(await quote(urls.participants, "fresh")).toMatchObject({ code: "3200" });

  let stop = false;
  const statuses: number[] = [];
  const load = Array.from({ length: 8 }, async () => {
    while (!stop) statuses.push((await quote(urls.participants, "old")).status);
  });
  writeFileSync(file, config('  fresh: { url: "http://127.0.0.1:9", version: "1.1" }\n'));
  for (let i = 0; i < 5; i++) expect(await reload()).toEqual([]);
  stop = true;
  await Promise.all(load);
  expect(new Set(statuses)).toEqual(new Set([202]));
  expect(hub.received).toHaveLength(statuses.length);
  expect(await quote(urls.participants, "fresh")).toMatchObject({ status: 202 });
});

test("a configuration with a mistake changes nothing", async () => {
  writeFileSync(file, config());
  const { urls, reload } = await start();
  writeFileSync(file, "hub: 1");
  expect(await reload()).not.toEqual([]);
  writeFileSync(file, config().replace("2.0", "9.0"));
  expect(await reload()).toMatchObject([{ line: 3, path: "hub.version" }]);
  expect(await quote(urls.participants, "old")).toMatchObject({ status: 202 });
});

test("FSPIOP-Source is bound to the client that the gateway names", async () => {
  writeFileSync(file, config('  other: { url: "http://127.0.0.1:9" }\nidentity: { header: X-Client-Id }\n'));
  const { urls } = await start();
  const as = (client: string): ReturnType<typeof send> =>
    send(
      urls.participants,
      "GET",
      "/quotes/1",
      fields("GET", "quotes", "2.0", "old", { "x-client-id": client }),
    );
  expect(await as("old")).toMatchObject({ status: 202 });
  expect(await as("other")).toMatchObject({ status: 403, code: "3000" });
});

test.each(["SIGHUP", "SIGTERM"] as const)("%s is heard where asked for", async (signal) => {
  writeFileSync(file, config());
  const started = await startAdapter({ config: file, logger, signals: true });
  if (!started.ok) throw new Error(JSON.stringify(started.mistakes));
  service = started.service;
  writeFileSync(file, config('  fresh: { url: "http://127.0.0.1:9", version: "1.1" }\n'));
  process.emit(signal);
  if (signal === "SIGTERM") await service.closed;
  else
    await expect.poll(() => quote(started.service.urls.participants, "fresh")).toMatchObject({ status: 202 });
});

test("where one side cannot listen, none does", async () => {
  const port = await freePort();
  writeFileSync(
    file,
    config(`listen: { participants: { port: ${port} }, hub: { host: 192.0.2.1 } }\n`), // RFC 5737: nobody's address
  );
  await expect(startAdapter({ config: file, logger })).rejects.toThrow("EADDRNOTAVAIL");
  await expect(quote(`http://127.0.0.1:${port}`, "old")).rejects.toThrow();
});
