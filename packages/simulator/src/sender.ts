import { setTimeout as delay } from "node:timers/promises";
import { callbackHeaders, requestHeaders } from "@mojaloop-versioning/negotiate";
import { resourceOf, type Version } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import { Agent, request } from "undici";
import type { Outgoing, Reply } from "./message.ts";

/** Sends messages for one FSP id in one API version. */
export interface Sender {
  readonly send: (base: string, message: Outgoing & { readonly source?: string }) => Promise<Reply>;
  readonly close: () => Promise<void>;
}

interface SenderOptions {
  readonly fspId: string;
  readonly api: Api;
  readonly resends: number;
}

export function createSender({ fspId, api, resends }: SenderOptions): Sender {
  const agent = new Agent({ connections: 64 });

  function headersOf({
    method,
    path,
    version,
    source,
    destination,
    headers,
  }: Outgoing & { source?: string }): Record<string, string> {
    const query = path.indexOf("?");
    const resource = resourceOf(`${method} /${path.slice(1, query < 0 ? undefined : query)}`);
    const spoken = version ?? ownVersion(api, resource);
    const { dialect = "fspiop" } = api;
    const envelope = { source: source ?? fspId, ...(destination !== undefined && { destination }) };
    const own =
      method === "PUT" || method === "PATCH"
        ? callbackHeaders({ resource, version: spoken, dialect }, envelope)
        : requestHeaders({ resource, content: spoken, dialect }, envelope);
    return merged(own, headers);
  }

  async function sendOnce(
    url: string,
    method: Outgoing["method"],
    headers: Record<string, string>,
    body: string | null,
  ): Promise<Reply> {
    const reply = await request(url, { dispatcher: agent, method, headers, body });
    const fields = Object.entries(reply.headers).map(([name, value]) => [name, String(value)]);
    return {
      status: reply.statusCode,
      headers: Object.fromEntries(fields) as Record<string, string>, // pairs of texts, as the line above makes them
      body: readJson(await reply.body.text()),
    };
  }

  return {
    async send(base, message) {
      // Made once: a resend is the same message (API Definition 3.2.5.1).
      const headers = headersOf(message);
      const body = message.body === undefined ? null : JSON.stringify(message.body);
      for (let sent = 0; ; sent++) {
        try {
          const reply = await sendOnce(base + message.path, message.method, headers, body);
          if (reply.status !== 503 || sent >= resends) return reply;
        } catch (error) {
          if (sent >= resends) throw error;
        }
        await delay(Math.min(20 * 2 ** sent, 500));
      }
    },
    close: () => agent.close(),
  };
}

function ownVersion(api: Api, resource: string): Version {
  const version = api.resources[resource];
  if (version === undefined) throw new RangeError(`${api.id} has no resource "${resource}"`);
  return version;
}

function merged(
  headers: Readonly<Record<string, string>>,
  extra: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const all = new Map<string, string | undefined>(Object.entries(headers));
  for (const [name, value] of Object.entries(extra)) all.set(name.toLowerCase(), value);
  return Object.fromEntries(
    Array.from(all).filter((field): field is [string, string] => field[1] !== undefined),
  );
}

function readJson(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
