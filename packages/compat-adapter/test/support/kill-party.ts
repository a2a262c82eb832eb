import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { formatMediaType, parseMediaType, type Version } from "@mojaloop-versioning/protocol";
import { Agent, request } from "undici";
import { freePort } from "./free-port.ts";
import { readJson, type Arrival, type Ledger, type Letter } from "./kill-ledger.ts";

/** What a party does with a message that it got whole: the status that it answers, and whether it is the first time. */
export type Take = (arrival: Arrival) => { readonly status: number; readonly body?: string };

/** A party of the scheme whose server, connections and client can die; its outbox is on its disk, so to say, and lives on. */
export interface Party {
  readonly name: string;
  readonly url: string;
  readonly version: Version;
  /** Writes a message to the outbox; resolves once it is accepted or refused for good. */
  readonly post: (letter: Letter) => Promise<void>;
  readonly kill: () => Promise<void>;
  readonly restart: () => Promise<void>;
  /** Takes nothing any more while it still sends, and takes again. */
  readonly deafen: () => Promise<void>;
  readonly hear: () => Promise<void>;
  /** Destroys every connection that others have opened. */
  readonly cut: () => void;
  /** From now on nothing goes wrong by itself. */
  readonly heal: () => void;
  /** What became last of each message that is neither accepted nor refused. */
  readonly pending: ReadonlyMap<Letter, string>;
}

export interface PartyOptions {
  readonly name: string;
  readonly version: Version;
  /** The side of the adapter to which it sends. */
  readonly adapter: () => string;
  readonly ledger: Ledger;
  readonly random: () => number;
  readonly take: Take;
}

/** How a party fails at one message, and how often. */
type Mishap = "none" | "deaf" | "dies" | "stammers" | "mute";
const MISHAPS: readonly (readonly [Mishap, number])[] = [
  ["deaf", 0.01],
  ["dies", 0.02],
  ["stammers", 0.02],
  ["mute", 0.004],
];

export async function startParty(options: PartyOptions): Promise<Party> {
  const { name, version, ledger, random } = options;
  const port = await freePort();
  let server: Server | undefined;
  let agent = new Agent({ connections: 32 });
  let alive = true;
  let ill = true;
  const pending = new Map<Letter, string>();

  function mishap(): Mishap {
    let left = random();
    for (const [kind, share] of MISHAPS) if (ill && (left -= share) < 0) return kind;
    return "none";
  }

  function serve(incoming: IncomingMessage, response: ServerResponse): void {
    const fate = mishap();
    incoming.on("error", () => undefined);
    if (fate === "deaf") return void incoming.destroy();
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const arrival = arrivalOf(incoming, Buffer.concat(chunks).toString());
      const { status, body = "" } = options.take(arrival);
      ledger.arrived(name, arrival, status < 300);
      if (fate === "mute") return;
      if (fate === "dies") return void incoming.destroy();
      response.writeHead(status, {
        "content-length": Buffer.byteLength(body) + (fate === "stammers" ? 9 : 0),
      });
      if (fate === "stammers") return void response.write(" ", () => incoming.destroy());
      response.end(body);
    });
  }

  async function start(): Promise<void> {
    const started = createServer(serve);
    await new Promise<void>((resolve, reject) => {
      started.once("error", reject).listen(port, "127.0.0.1", resolve);
    });
    server = started;
  }

  async function stop(): Promise<void> {
    const stopped = new Promise((resolve) => server?.close(resolve));
    server?.closeAllConnections();
    await stopped;
  }

  async function attempt(letter: Letter): Promise<boolean> {
    const { method, path, resource, source, destination, body } = letter;
    const type = formatMediaType({ resource, version });
    const reply = await request(options.adapter() + path, {
      dispatcher: agent,
      method,
      headers: {
        "content-type": type,
        ...(method !== "PUT" && { accept: type }),
        date: new Date(0).toUTCString(),
        "fspiop-source": source,
        "fspiop-destination": destination,
      },
      body: method === "GET" ? null : body,
    });
    const text = await reply.body.text();
    if (reply.statusCode >= 500) return note(letter, `${reply.statusCode} ${text}`);
    if (reply.statusCode < 300) ledger.accepted(name, letter);
    else ledger.refused(name, letter, `${reply.statusCode} ${text}`);
    // A party that died meanwhile knows nothing of the answer and sends once more.
    return alive;
  }

  function note(letter: Letter, fate: string): false {
    pending.set(letter, fate);
    return false;
  }

  await start();
  return {
    name,
    version,
    url: `http://127.0.0.1:${port}`,
    async post(letter) {
      pending.set(letter, "not sent");
      for (let tried = 1; ; tried++) {
        if (alive && (await attempt(letter).catch((error: unknown) => note(letter, String(error))))) break;
        await delay(Math.min(10 * tried, 150));
      }
      pending.delete(letter);
    },
    async kill() {
      alive = false;
      await Promise.all([stop(), agent.destroy()]);
    },
    deafen: stop,
    hear: start,
    async restart() {
      agent = new Agent({ connections: 32 });
      await start();
      alive = true;
    },
    cut: () => server?.closeAllConnections(),
    heal: () => void (ill = false),
    pending,
  };
}

function arrivalOf({ method, url = "", headers }: IncomingMessage, body: string): Arrival {
  const type = parseMediaType(headers["content-type"] ?? "");
  return {
    method: method as Arrival["method"], // nothing else is sent in this scheme
    path: url,
    resource: url.split("/")[1] ?? "",
    source: String(headers["fspiop-source"]),
    destination: String(headers["fspiop-destination"]),
    version: type?.version,
    body,
  };
}

/** The note of a quote, by which its payee is told what to do. */
export function noteOf(arrival: Arrival): string | undefined {
  const body = readJson(arrival.body);
  return typeof body === "object" && body !== null && "note" in body && typeof body.note === "string"
    ? body.note
    : undefined;
}
