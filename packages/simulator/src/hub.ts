import {
  callbackPathOf,
  errorBody,
  kindOf,
  readErrorBody,
  type ErrorBody,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import { fspiopApi, hasOperation } from "./api.ts";
import { createEndpoint, type Endpoint } from "./endpoint.ts";
import { createLedger, type HubTransfer } from "./ledger.ts";
import type { Message, Outgoing } from "./message.ts";

/** What a hub is made of. */
export interface HubOptions {
  /** The one FSPIOP API version that it speaks, or an API object of `@mojaloop-versioning/types`. */
  readonly version: Version | Api;
  readonly resources?: Readonly<Record<string, Version>>;
  /** Its name as FSPIOP-Source of what it says itself; "hub" by default. */
  readonly fspId?: string;
  readonly port?: number;
  /** How often a message is sent again, byte for byte, where the connection fails or the answer is 503; 0 by default. */
  readonly resends?: number;
  /** Told of every message that it takes, before it acts on it. */
  readonly onMessage?: (message: Message) => void;
}

/** A hub that listens on 127.0.0.1: it keeps the directory of parties and the state of transfers, and passes the rest on. */
export interface Hub {
  readonly fspId: string;
  readonly url: string;
  readonly api: Api;
  readonly transfers: ReadonlyMap<string, HubTransfer>;
  readonly received: Endpoint["received"];
  readonly failures: Endpoint["failures"];
  /** Takes a DFSP and its parties into the directory. */
  register(dfsp: { fspId: string; url: string; parties: readonly { type: string; id: string }[] }): void;
  /** Sends everything for a DFSP to this base URL from now on: its own, or that of an adapter before it. */
  connect(fspId: string, url: string): void;
  readonly until: Endpoint["until"];
  readonly fault: Endpoint["fault"];
  readonly close: () => Promise<void>;
}

/** Starts a hub of one API version. */
export async function createHub(options: HubOptions): Promise<Hub> {
  const { fspId = "hub" } = options;
  const api = fspiopApi(options.version, options.resources);
  const urls = new Map<string, string>();
  const directory = new Map<string, string>();
  const answered = new Set<string>();
  const ledger = createLedger((transferId, { payerFsp, payeeFsp }, error) => {
    const path = `/transfers/${transferId}/error`;
    void tell(payerFsp, { method: "PUT", path, body: error });
    void tell(payeeFsp, { method: "PUT", path, body: error });
  });

  const endpoint = await createEndpoint({
    fspId,
    api,
    ...(options.port !== undefined && { port: options.port }),
    ...(options.resends !== undefined && { resends: options.resends }),
    ...(options.onMessage && { onMessage: options.onMessage }),
    act(message) {
      if (message.method === "PUT") answered.add(conversationOf(message));
      switch (message.operation) {
        case "GET /parties/{Type}/{ID}":
        case "GET /parties/{Type}/{ID}/{SubId}":
          return pass(message, message.destination ?? directory.get(partyKey(message)), "3204");
        case "GET /participants/{Type}/{ID}":
          return participant(message);
        case "POST /transfers":
          return prepare(message);
        case "GET /transfers/{ID}":
          return report(message);
        case "PUT /transfers/{ID}":
          return commit(message);
        case "PUT /transfers/{ID}/error":
          ledger.abort(message.params["ID"] ?? "", message.source);
          return pass(message, message.destination);
        default:
          return pass(message, message.destination);
      }
    },
  });

  /** Hands a message on as it came; what cannot be handed on comes back to its source as an error callback. */
  async function pass(
    message: Message,
    to: string | undefined,
    unknown: "3201" | "3204" = "3201",
  ): Promise<boolean> {
    const url = to === undefined ? undefined : urls.get(to);
    if (to === undefined || url === undefined) {
      await refuse(
        message,
        errorBody(unknown, `The hub knows no destination of ${message.method} ${message.path}`),
      );
      return false;
    }
    const reply = await endpoint
      .send(url, {
        method: message.method as Outgoing["method"], // an operation of the API, which has no other methods
        path: message.path,
        body: message.body,
        source: message.source,
        destination: to,
      })
      .catch((error: unknown) => ({ status: 503, body: errorBody("1001", String(error)) }));
    if (reply.status < 300) return true;
    const error =
      readErrorBody(reply.body) ?? errorBody("3201", `${to} answered ${reply.status}`).errorInformation;
    await refuse(message, { errorInformation: error });
    return false;
  }

  /** An error callback to the source of a request, unless one has come already. */
  async function refuse(message: Message, error: ErrorBody): Promise<void> {
    const path = callbackPathOf(message.method, message.path, message.body);
    const conversation = conversationOf(message);
    if (kindOf(message.operation) !== "request" || path === undefined || answered.has(conversation)) return;
    answered.add(conversation);
    await tell(message.source, { method: "PUT", path: `${path}/error`, body: error });
  }

  /** Says something of the hub's own. */
  async function tell(to: string, message: Outgoing): Promise<void> {
    const url = urls.get(to);
    if (url === undefined) return;
    const reply = await endpoint.send(url, { ...message, destination: to });
    if (reply.status >= 300)
      throw new Error(`${to} answered ${message.method} ${message.path} with ${reply.status}`);
  }

  async function participant(message: Message): Promise<void> {
    const found = directory.get(partyKey(message));
    if (found === undefined) return refuse(message, errorBody("3204"));
    await tell(message.source, { method: "PUT", path: message.path, body: { fspId: found } });
  }

  async function prepare(message: Message): Promise<void> {
    const outcome = ledger.prepare(message.body, message.source);
    if (outcome === "resent") return;
    if (outcome === "modified")
      return tell(message.source, {
        method: "PUT",
        path: `${callbackPathOf("POST", message.path, message.body) ?? message.path}/error`,
        body: errorBody("3106"),
      });
    answered.delete(conversationOf(message));
    if (!(await pass(message, message.destination ?? outcome.payeeFsp))) ledger.abort(outcome.transferId);
  }

  async function report(message: Message): Promise<void> {
    const known = ledger.transfers.get(message.params["ID"] ?? "");
    if (!known) return refuse(message, errorBody("3208"));
    await tell(message.source, { method: "PUT", path: message.path, body: stateBody(known) });
  }

  async function commit(message: Message): Promise<void> {
    const { transferState } = message.body as { transferState?: string }; // the validator has seen it
    const known = ledger.fulfil(message.params["ID"] ?? "", message.source, message.body);
    if (!known) return;
    await tell(known.payerFsp, { method: "PUT", path: message.path, body: stateBody(known) });
    if (transferState !== "RESERVED" || !hasOperation(api, "PATCH /transfers/{ID}")) return;
    const { state, completedTimestamp } = known;
    await tell(known.payeeFsp, {
      method: "PATCH",
      path: message.path,
      body: { transferState: state, completedTimestamp },
    });
  }

  return {
    fspId,
    url: endpoint.url,
    api,
    transfers: ledger.transfers,
    received: endpoint.received,
    failures: endpoint.failures,
    register(dfsp) {
      urls.set(dfsp.fspId, dfsp.url);
      for (const { type, id } of dfsp.parties) directory.set(`${type}/${id}`, dfsp.fspId);
    },
    connect: (id, url) => void urls.set(id, url),
    until: endpoint.until,
    fault: endpoint.fault,
    async close() {
      ledger.close();
      await endpoint.close();
    },
  };
}

function partyKey({ params }: Message): string {
  return `${params["Type"] ?? ""}/${params["ID"] ?? ""}`;
}

function conversationOf(message: Message): string {
  const path = callbackPathOf(message.method, message.path, message.body) ?? message.path;
  return path.endsWith("/error") ? path.slice(0, -"/error".length) : path;
}

function stateBody({ state, fulfilment, completedTimestamp }: HubTransfer): object {
  return {
    transferState: state,
    ...(fulfilment && { fulfilment }),
    ...(completedTimestamp && { completedTimestamp }),
  };
}
