import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TlsOptions } from "node:tls";
import { MAX_HEADER_SIZE } from "@mojaloop-versioning/protocol";

/** A message as it came over the wire. */
export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** What a recorder answers; nothing at all where `silent`. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly silent?: boolean;
}

/** A far end that keeps everything it gets and answers as it is told. */
export interface Recorder {
  readonly url: string;
  readonly received: Recorded[];
  answer: (message: Recorded) => Reply;
  readonly server: Server;
  readonly close: () => Promise<void>;
}

/** Starts a recorder on a free port of 127.0.0.1; with `tls` it speaks that. */
export async function startRecorder(port = 0, tls?: TlsOptions): Promise<Recorder> {
  const received: Recorded[] = [];
  const record: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("error", () => undefined);
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers, rawHeaders } = request;
      const message = { method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString() };
      received.push(message);
      const { status, headers: fields, body = "", silent } = recorder.answer(message);
      if (silent) return;
      const usual = method === "PUT" || method === "PATCH" ? 200 : 202;
      response.writeHead(status ?? usual, { "content-length": Buffer.byteLength(body), ...fields });
      response.end(body);
    });
  };
  const options = { maxHeaderSize: MAX_HEADER_SIZE };
  const server = tls ? createTlsServer({ ...options, ...tls }, record) : createServer(options, record);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const recorder: Recorder = {
    url: `${tls ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`, // a TCP server that listens has one
    received,
    server,
    answer: () => ({}),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return recorder;
}
