import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { pino } from "pino";
import { Agent, request } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../../../tools/test-run/requirements.ts";
import { startAdapter, type AdapterService } from "../src/service.ts";
import { makeCertificate, type Certificate } from "./support/certificates.ts";
import { startRecorder, type Recorder } from "./support/recorder.ts";
import { fields, QUOTE } from "./support/wire.ts";

describe("TLS", needs("openssl"), () => {
  const folder = mkdtempSync(join(tmpdir(), "adapter-tls-"));
  const file = join(folder, "adapter.yaml");
  const logger = pino({ level: "silent" });
  const open: { close: () => Promise<unknown> }[] = [];
  let hubCa: Certificate;
  let dfspCa: Certificate;
  let adapter: Certificate;
  let old: Certificate;
  let other: Certificate;

  beforeAll(() => {
    hubCa = makeCertificate(folder, ["hub-ca"]);
    dfspCa = makeCertificate(folder, ["dfsp-ca"]);
    adapter = makeCertificate(folder, ["adapter"], hubCa);
    old = makeCertificate(folder, ["old"], dfspCa);
    other = makeCertificate(folder, ["other"], dfspCa);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A hub and a DFSP that take nobody without a certificate of the hub's authority, and the adapter between them. */
  async function start(change: (text: string) => string = (text) => text): Promise<{
    hub: Recorder;
    dfsp: Recorder;
    service: AdapterService;
  }> {
    const mutual = { requestCert: true, rejectUnauthorized: true };
    const hub = await startRecorder(0, { ...adapter, ca: hubCa.cert, ...mutual });
    const dfsp = await startRecorder(0, { ...old, ca: hubCa.cert, ...mutual });
    open.push(hub, dfsp);
    writeFileSync(
      file,
      change(`hub: { url: "${hub.url}", version: "2.0" }
participants:
  old: { url: "${dfsp.url}", version: "1.0", tls: { caFile: dfsp-ca.pem, keyFile: adapter.key, certFile: adapter.pem } }
  other: { url: "${dfsp.url}", version: "1.0" }
tls: { caFile: hub-ca.pem, keyFile: adapter.key, certFile: adapter.pem }
identity: { certificate: commonName }
listen:
  participants: { tls: { keyFile: adapter.key, certFile: adapter.pem, clientCaFile: dfsp-ca.pem } }
  hub: { tls: { keyFile: adapter.key, certFile: adapter.pem, clientCaFile: hub-ca.pem } }
limits: { retries: 0 }
`),
    );
    const started = await startAdapter({ config: file, logger });
    if (!started.ok) throw new Error(JSON.stringify(started.mistakes));
    open.unshift(started.service);
    return { hub, dfsp, service: started.service };
  }

  type Tried = { status: number; code: string | undefined } | "no connection";

  /** Sends a quote as `source` over a connection of its own, with this certificate. */
  async function quote(
    base: string,
    source: string,
    client?: Pick<Certificate, "key" | "cert">,
    ca = hubCa,
    more: Record<string, string> = {},
  ): Promise<Tried> {
    const version = "fspiop-destination" in more ? "2.0" : "1.0";
    const agent = new Agent({
      connect: { ca: ca.cert, ...(client && { key: client.key, cert: client.cert }) },
    });
    try {
      const { statusCode, body } = await request(`${base}/quotes`, {
        method: "POST",
        headers: fields("POST", "quotes", version, source, more),
        body: JSON.stringify(QUOTE),
        dispatcher: agent,
      });
      const text = await body.text();
      const code = /"errorCode":"(\d+)"/.exec(text)?.[1];
      return { status: statusCode, code };
    } catch {
      return "no connection";
    } finally {
      await agent.destroy();
    }
  }

  test("a DFSP is who its certificate says, and nobody else", async () => {
    const stranger = makeCertificate(folder, ["old"], hubCa);
    const twoNames = makeCertificate(folder, ["old", "other"], dfspCa);
    const { hub, service } = await start();
    const { participants } = service.urls;
    expect(participants).toMatch(/^https:/);
    const rows: [source: string, client: Certificate | undefined, expected: Tried, why: string][] = [
      ["old", old, { status: 202, code: undefined }, "its own name"],
      ["other", old, { status: 403, code: "3000" }, "another one's name"],
      ["old", other, { status: 403, code: "3000" }, "another one's certificate"],
      ["old", twoNames, { status: 403, code: "3000" }, "a certificate of two names"],
      ["old", undefined, "no connection", "no certificate"],
      ["old", stranger, "no connection", "the right name, by an authority that is not for DFSPs"],
    ];
    for (const [source, client, expected, why] of rows) {
      expect(await quote(participants, source, client), why).toEqual(expected);
    }
    expect(hub.received).toHaveLength(1);
  });

  test("hub and DFSP are spoken to by TLS, with the adapter's certificate and the authority of each", async () => {
    const { dfsp, service } = await start();
    const to = { "fspiop-destination": "old" };
    expect(await quote(service.urls.hub, "hub", adapter, hubCa, to)).toMatchObject({ status: 202 });
    expect(dfsp.received[0]?.headers["content-type"]).toContain("version=1.0");
    expect(await quote(service.urls.hub, "hub", old, hubCa, to)).toBe("no connection");
  });

  test("a DFSP whose certificate is vouched for by somebody else gets no message", async () => {
    const { dfsp, service } = await start();
    // Nothing is said of `other`, so the hub's authority counts for it.
    const to = { "fspiop-destination": "other" };
    expect(await quote(service.urls.hub, "hub", adapter, hubCa, to)).toEqual({ status: 503, code: "1001" });
    expect(dfsp.received).toEqual([]);
  });

  test("renewed files hold from the next connection on after a reload; a mistake among them changes nothing", async () => {
    const renewed = mkdtempSync(join(folder, "renewed-"));
    const nextCa = makeCertificate(renewed, ["next-ca"]);
    const next = makeCertificate(renewed, ["next"], nextCa);
    const client = makeCertificate(renewed, ["old"], nextCa);
    for (const name of ["now.key", "now.pem", "now-ca.pem"]) writeFileSync(join(folder, name), "");
    const put = (certificate: Certificate, ca: Certificate): void => {
      copyFileSync(certificate.keyFile, join(folder, "now.key"));
      copyFileSync(certificate.certFile, join(folder, "now.pem"));
      copyFileSync(ca.certFile, join(folder, "now-ca.pem"));
    };
    put(adapter, dfspCa);
    const { service } = await start((text) =>
      text.replace(
        "tls: { keyFile: adapter.key, certFile: adapter.pem, clientCaFile: dfsp-ca.pem }",
        "tls: { keyFile: now.key, certFile: now.pem, clientCaFile: now-ca.pem }",
      ),
    );
    const { participants } = service.urls;
    expect(await quote(participants, "old", old)).toMatchObject({ status: 202 });

    writeFileSync(join(folder, "now.pem"), next.cert); // beside the key of the former
    expect(await service.reload()).toMatchObject([{ line: 8, path: "listen.participants.tls" }]);
    expect(await quote(participants, "old", old)).toMatchObject({ status: 202 });

    put(next, nextCa);
    expect(await service.reload()).toEqual([]);
    expect(await quote(participants, "old", client, nextCa)).toMatchObject({ status: 202 });
    expect(await quote(participants, "old", old, nextCa)).toBe("no connection");
  });

  test("whose authority was withdrawn does not come back by a session of before (RFC 8446 4.6.1)", async () => {
    copyFileSync(dfspCa.certFile, join(folder, "now-ca.pem"));
    const { service } = await start((text) =>
      text.replace("clientCaFile: dfsp-ca.pem", "clientCaFile: now-ca.pem"),
    );
    const { port } = new URL(service.urls.participants);
    /** Asks for a path that there is not, so that an answer, 404, tells of a connection alone. */
    const ask = (session?: Buffer): Promise<[status: string | undefined, session: Buffer | undefined]> =>
      new Promise((resolve) => {
        let said = "";
        let given: Buffer | undefined;
        const socket = connect({
          ...{ host: "127.0.0.1", port: Number(port), ca: hubCa.cert, key: old.key, cert: old.cert },
          ...(session && { session }),
        });
        socket.on("session", (each) => (given = each));
        socket.on("data", (chunk: Buffer) => (said += chunk.toString("latin1")));
        socket.on("error", () => undefined);
        socket.on("close", () => resolve([/^HTTP\/1.1 (\d+)/.exec(said)?.[1], given]));
        socket.write("GET /none HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
      });
    const [first, session] = await ask();
    expect([first, (await ask(session))[0]]).toEqual(["404", "404"]);
    copyFileSync(hubCa.certFile, join(folder, "now-ca.pem"));
    expect(await service.reload()).toEqual([]);
    expect((await ask(session))[0]).toBeUndefined();
  });

  test("who speaks no TLS gets no answer, and others go on", async () => {
    const { service } = await start();
    const { participants } = service.urls;
    const said = await new Promise<string>((resolve) => {
      let text = "";
      const socket = createConnection({ host: "127.0.0.1", port: Number(new URL(participants).port) });
      socket.on("data", (chunk) => (text += chunk.toString("latin1")));
      socket.on("error", () => undefined);
      socket.on("close", () => resolve(text));
      socket.end("GET /quotes/1 HTTP/1.1\r\nhost: a\r\n\r\n");
    });
    expect(said).not.toContain("HTTP/");
    expect(await quote(participants, "old", old)).toMatchObject({ status: 202 });
  });

  type Mistake = [
    what: string,
    change: (text: string) => string,
    line: number,
    path: string,
    message: string,
  ];

  test.each<Mistake>([
    [
      "identity by certificate where nobody asks for one",
      (text) => text.replace(", clientCaFile: dfsp-ca.pem", ""),
      6,
      "identity",
      "needs client certificates; set listen.participants.tls.clientCaFile",
    ],
    [
      "a file that is not there",
      (text) => text.replace("caFile: dfsp-ca.pem", "caFile: none.pem"),
      3,
      "participants.old.tls.caFile",
      "cannot be read",
    ],
    [
      "a key of another certificate",
      (text) => text.replace("hub: { tls: { keyFile: adapter.key", "hub: { tls: { keyFile: old.key"),
      9,
      "listen.hub.tls",
      "not valid key material: key values mismatch",
    ],
    [
      "a file that is something else",
      (text) => text.replace("tls: { caFile: hub-ca.pem", "tls: { caFile: adapter.yaml"),
      5,
      "tls",
      "not valid key material",
    ],
    [
      "a key without its certificate",
      (text) =>
        text.replace(
          "caFile: hub-ca.pem, keyFile: adapter.key, certFile: adapter.pem }\nid",
          "keyFile: adapter.key }\nid",
        ),
      5,
      "tls",
      "a key and its certificate must be given together",
    ],
  ])("%s is named with its line", async (_what, change, line, path, message) => {
    await expect(start(change)).rejects.toThrow(
      expect.objectContaining({
        message: expect.stringContaining(`{"line":${line},"path":"${path}","message":"${message}`) as string,
      }) as Error,
    );
  });
});
