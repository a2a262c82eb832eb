import {
  callbackPathOf,
  errorBody,
  kindOf,
  readErrorCallback,
  supportedVersions,
  type ErrorBody,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import { createAnswering, type Answers } from "./answering.ts";
import { fspiopApi } from "./api.ts";
import { createEndpoint, type Endpoint } from "./endpoint.ts";
import type { Answer, Message, Outgoing, Reply } from "./message.ts";
import { createPayee, type PartyRecord } from "./payee.ts";
import { createPayer, type Payment } from "./payer.ts";
import type { DfspTransfer } from "./transfer.ts";

/** What a DFSP is made of. */
export interface DfspOptions {
  readonly fspId: string;
  /** The FSPIOP API version that it speaks, or an API object of `@mojaloop-versioning/types`. */
  readonly version: Version | Api;
  /** Resources that it speaks at another version than the API's. */
  readonly resources?: Readonly<Record<string, Version>>;
  /** The hub whose directory it joins, or that messages go to by way of `connect`. */
  readonly hub?: { readonly url: string; register(dfsp: Pick<Dfsp, "fspId" | "url" | "parties">): void };
  readonly parties?: readonly PartyRecord[];
  /** Says how it answers a transfer; RESERVED by default where its API version has PATCH /transfers/{ID}. */
  readonly transferState?: "COMMITTED" | "RESERVED";
  /** Answers of its own to requests, in place of the built-in ones. */
  readonly answers?: Answers;
  /** How long it waits for a callback, in milliseconds; 10,000 by default. */
  readonly timeoutMs?: number;
  readonly port?: number;
  /** How often a message is sent again, byte for byte, where the connection fails or the answer is 503; 0 by default. */
  readonly resends?: number;
}

/** A DFSP that listens on 127.0.0.1. */
export interface Dfsp {
  readonly fspId: string;
  readonly url: string;
  readonly api: Api;
  readonly parties: readonly PartyRecord[];
  /** What it knows of each transfer, as payer and as payee. */
  readonly transfers: ReadonlyMap<string, DfspTransfer>;
  readonly received: Endpoint["received"];
  readonly failures: Endpoint["failures"];
  /** Sends everything to this base URL from now on: a hub, or an adapter before it. */
  connect(url: string): void;
  /** Sends one message and gives the immediate reply. */
  send(message: Outgoing): Promise<Reply>;
  /** Sends a request and waits for its callback. */
  request(message: Outgoing): Promise<Answer>;
  /** Party lookup, quote and transfer; stops at the first refusal. */
  readonly pay: (payment: Payment) => Promise<Answer<DfspTransfer>>;
  readonly until: Endpoint["until"];
  readonly fault: Endpoint["fault"];
  readonly close: Endpoint["close"];
}

/** Starts a DFSP of one API version. */
export async function createDfsp(options: DfspOptions): Promise<Dfsp> {
  const { fspId, hub, parties = [], timeoutMs } = options;
  const api = fspiopApi(options.version, options.resources);
  const transfers = new Map<string, DfspTransfer>();
  // One callback to a party answers everybody who waits for that party.
  const waiting = new Map<string, Set<(message: Message) => void>>();
  let peer = hub?.url;

  const payee = createPayee({ fspId, api, parties, transfers, transferState: options.transferState });
  const answer = createAnswering({
    fspId,
    api,
    // Its own answers are bodies of FSPIOP; in ISO 20022 it says the least that the schemas take.
    answers: { ...(api.dialect === "fspiop" && payee.answers), ...options.answers },
    async send(message) {
      const { status, body } = await send(message);
      if (status >= 300)
        throw new Error(`${message.method} ${message.path} was answered ${status}: ${JSON.stringify(body)}`);
    },
  });

  const endpoint = await createEndpoint({
    fspId,
    api,
    ...(options.port !== undefined && { port: options.port }),
    ...(options.resends !== undefined && { resends: options.resends }),
    act(message) {
      if (kindOf(message.operation) === "request") return answer(message);
      const expected = message.method === "PUT" ? waiting.get(callbackKey(message.path)) : undefined;
      if (!expected) payee.note(message);
      for (const take of expected ?? []) take(message);
      return undefined;
    },
  });

  async function send(message: Outgoing): Promise<Reply> {
    if (peer === undefined) throw new Error(`${fspId} is connected to nothing; call connect(url)`);
    return endpoint.send(peer, message);
  }

  async function ask(message: Outgoing): Promise<Answer> {
    const path = callbackPathOf(message.method, message.path, message.body);
    if (path === undefined) throw new Error(`the body of ${message.method} ${message.path} bears no id`);
    const key = callbackKey(path);
    let callback: Message | undefined;
    const take = (arrived: Message): void => void (callback ??= arrived);
    const waiters = waiting.get(key) ?? new Set();
    waiting.set(key, waiters.add(take));
    try {
      const reply = await send(message);
      if (reply.status >= 300) return refused("response", reply.status, reply.body);
      const arrived = await endpoint.until(() => callback, timeoutMs);
      if (!arrived) return refused("timeout", 0, errorBody("2004", `No callback to ${path} came in time`));
      if (arrived.path.endsWith("/error")) return refused("callback", 0, arrived.body);
      return { ok: true, body: arrived.body, message: arrived };
    } finally {
      waiters.delete(take);
      if (waiters.size === 0) waiting.delete(key);
    }
  }

  const dfsp: Dfsp = {
    fspId,
    url: endpoint.url,
    api,
    parties,
    transfers,
    received: endpoint.received,
    failures: endpoint.failures,
    connect: (url) => void (peer = url),
    send,
    request: ask,
    pay: createPayer({ fspId, payer: parties[0], transfers, ask }),
    until: endpoint.until,
    fault: endpoint.fault,
    close: endpoint.close,
  };
  hub?.register(dfsp);
  return dfsp;
}

function callbackKey(path: string): string {
  const query = path.indexOf("?");
  const bare = query < 0 ? path : path.slice(0, query);
  return bare.endsWith("/error") ? bare.slice(0, -"/error".length) : bare;
}

function refused(
  via: "response" | "callback" | "timeout",
  status: number,
  body: unknown,
): Answer & { ok: false } {
  const error: ErrorBody["errorInformation"] =
    readErrorCallback(body) ?? errorBody("2000", "The refusal bears no errorInformation").errorInformation;
  return { ok: false, via, status, error, versions: supportedVersions(body) };
}
