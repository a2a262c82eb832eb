import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createSecureServer, createServer, type ClientHttp2Session } from "node:http2";
import { createServer as createHttpsServer, get, type Server as HttpsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import { graceful, type GracefulOptions, type NodeServer } from "../src/index.ts";

const OPTIONS: GracefulOptions = { signals: [], log: () => undefined, drainMs: 200, deadlineMs: 3_000 };
const folder = mkdtempSync(join(tmpdir(), "graceful-"));
const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(() => server.close());
  return (server.address() as AddressInfo).port; // it listens on TCP
}

function dial(url: string): ClientHttp2Session {
  const session = connect(url, { rejectUnauthorized: false });
  session.on("error", () => undefined);
  open.push(() => {
    session.destroy();
  });
  return session;
}

async function ask(session: ClientHttp2Session, path: string): Promise<[status: number, body: string]> {
  const stream = session.request({ ":path": path });
  const [headers] = (await once(stream, "response")) as [{ ":status": number }];
  return [headers[":status"], await text(stream)];
}

function certificate(): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const command =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost";
  execFileSync("openssl", [...command.split(" "), "-keyout", key, "-out", cert], { stdio: "pipe" });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

// RFC 9113 6.8: a GOAWAY with the highest id announces the shutdown, and the client goes on until the final one.
test("HTTP/2: GOAWAY at the signal, streams are served during the drain and finished after it", async () => {
  const server = createServer((request, response) => {
    void delay(request.url === "/slow" ? 500 : 0).then(() => response.end("done"));
  });
  const port = await listen(server);
  const stopper = graceful(server, OPTIONS);
  const session = dial(`http://127.0.0.1:${port}`);
  expect(await ask(session, "/")).toEqual([200, "done"]);
  const slow = ask(session, "/slow");
  await delay(20);
  const goaway = once(session, "goaway");
  const stopping = stopper.stop();
  const [code, lastStreamId] = (await goaway) as [number, number];
  expect([code, lastStreamId]).toEqual([0, 2 ** 31 - 1]);
  // Node's client starts nothing new on a session after GOAWAY; a new session is served.
  const late = dial(`http://127.0.0.1:${port}`);
  expect(await ask(late, "/")).toEqual([200, "done"]);
  expect(await slow).toEqual([200, "done"]);
  expect(await stopping).toMatchObject({ finished: true, inFlight: 1, served: 1, cut: 0 });
});

test("HTTP/2: readiness paths answer 503 while stopping", async () => {
  const server = createServer((_request, response) => response.end("ok"));
  const port = await listen(server);
  const stopper = graceful(server, OPTIONS);
  const stopping = stopper.stop();
  const session = dial(`http://127.0.0.1:${port}`);
  expect(await ask(session, "/ready")).toEqual([503, '{"status":"DOWN","reason":"stopping"}']);
  await stopping;
});

test("HTTP/2: a stream that does not end is cut at the deadline", async () => {
  const server = createServer((_request, response) => response.write("never"));
  const port = await listen(server);
  const stopper = graceful(server, { ...OPTIONS, drainMs: 20, deadlineMs: 150 });
  const session = dial(`http://127.0.0.1:${port}`);
  const stream = session.request({ ":path": "/" });
  stream.on("error", () => undefined);
  await once(stream, "response");
  expect(await stopper.stop()).toMatchObject({ finished: false, cut: 1, unfinished: ["1 connection"] });
});

// Node makes no certificates.
const withOpenssl = test.skipIf(spawnSync("openssl", ["version"]).status !== 0);

withOpenssl.each<[name: string, create: () => NodeServer & HttpsServer]>([
  [
    "https",
    () =>
      createHttpsServer(
        certificate(),
        (_request, response) => void setTimeout(() => response.end("tls"), 300),
      ),
  ],
  [
    "HTTP/2 with allowHTTP1",
    () =>
      createSecureServer(
        { ...certificate(), allowHTTP1: true },
        (_request, response) => void setTimeout(() => response.end("tls"), 300),
      ) as unknown as HttpsServer, // it serves HTTP/1.1 as one does
  ],
])("%s: a request in flight is answered with Connection: close", async (_name, create) => {
  const server = create();
  const port = await listen(server);
  const stopper = graceful(server, OPTIONS);
  const answered = new Promise<[connection: string | undefined, body: string]>((resolve, reject) => {
    get({ port, host: "127.0.0.1", rejectUnauthorized: false }, (response) => {
      void text(response).then((body) => {
        resolve([response.headers.connection, body]);
      });
    }).on("error", reject);
  });
  await delay(100);
  const report = await stopper.stop();
  expect(report).toMatchObject({ finished: true, inFlight: 1, cut: 0 });
  expect(await answered).toEqual(["close", "tls"]);
});

withOpenssl("HTTP/2 over TLS: sessions end after their last stream", async () => {
  const server = createSecureServer(certificate(), (_request, response) => {
    void delay(300).then(() => response.end("h2"));
  });
  const port = await listen(server);
  const stopper = graceful(server, OPTIONS);
  const session = dial(`https://127.0.0.1:${port}`);
  await once(session, "connect");
  const slow = ask(session, "/");
  await delay(50);
  expect(await stopper.stop()).toMatchObject({ finished: true, inFlight: 1, cut: 0 });
  expect(await slow).toEqual([200, "h2"]);
});
