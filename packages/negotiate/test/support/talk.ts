import type { AddressInfo } from "node:net";
import express, { type RequestHandler } from "express";
import { exchange, type RawResponse } from "./exchange.ts";

const T = "application/vnd.interoperability.transfers+json";

/** Headers that agree on version 1.x of transfers. */
export const HEADERS: readonly (readonly [name: string, value: string])[] = [
  ["Accept", `${T};version=1`],
  ["Content-Type", `${T};version=1.0`],
];

/** A server that listens. */
export interface Running {
  readonly port: number;
  readonly close: () => Promise<unknown>;
}

/** Starts a server, sends it each message, and stops it. */
export async function talk(
  started: Promise<Running>,
  messages: readonly { method?: string; path: string; headers?: readonly (readonly [string, string])[] }[],
): Promise<RawResponse[]> {
  const { port, close } = await started;
  const responses: RawResponse[] = [];
  for (const { method = "GET", path, headers = HEADERS } of messages) {
    responses.push(await exchange(port, { method, path, headers }));
  }
  await close();
  return responses;
}

/** Starts an Express application of these handlers. */
export async function withExpress(...handlers: RequestHandler[]): Promise<Running> {
  const app = express();
  for (const handler of handlers) app.use(handler);
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}
