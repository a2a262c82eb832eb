import {
  callbackPathOf,
  errorBody,
  HEADER,
  kindOf,
  readErrorBody,
  type ErrorBody,
  type Operation,
  type Version,
} from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import { createAnswering, errorMessage, type Answers } from "./answering.ts";
import { fspiopApi, hasOperation } from "./api.ts";
import { createDirectory } from "./directory.ts";
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
  /** Requests that it answers itself, in place of passing them on. */
  readonly answers?: Answers;
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
  const directory = createDirectory();
  const answered = new Set<string>();
  const ledger = createLedger((transferId, { payerFsp, payeeFsp }, error) => {
    const path = `/transfers/${transferId}/error`;
    for (const destination of [payerFsp, payeeFsp]) {
      endpoint.run(() => tell({ method: "PUT", path, destination, body: error }));
    }
  });
  const providers = ({ source }: Message): unknown => ({
    providers: Array.from(urls.keys()).filter((each) => each !== source),
  });
  const answers: Answers = {
    ...directory.answers,
    "GET /services/FXP": providers,
    "GET /services/FXP/{SourceCurrency}/{TargetCurrency}": providers,
    ...options.answers,
  };
  const answer = createAnswering({ fspId, api, answers, send: tell });

  const endpoint = await createEndpoint({
    fspId,
    api,
    ...(options.port !== undefined && { port: options.port }),
    ...(options.resends !== undefined && { resends: options.resends }),
    ...(options.onMessage && { onMessage: options.onMessage }),
    act(message) {
      const { operation } = message;
      if (message.method === "PUT") answered.add(conversationOf(message));
      if (kindOf(operation) === "request" && (answers[operation] || message.destination === fspId)) {
        return answer(message);
      }
      // The ledger reads the bodies of FSPIOP; in ISO 20022 the hub only passes on.
      const step = api.dialect === "fspiop" ? ledgerSteps.get(operation) : undefined;
      if (step) return step(message);
      const isSearch = operation.startsWith("GET /parties/") && message.destination === undefined;
      return isSearch ? pass(message, directory.find(message), "3204") : pass(message, message.destination);
    },
  });

  const ledgerSteps = new Map<Operation, (message: Message) => Promise<unknown>>([
    ["POST /transfers", prepare],
    ["GET /transfers/{ID}", report],
    ["PUT /transfers/{ID}", commit],
    [
      "PUT /transfers/{ID}/error",
      (message) => {
        ledger.abort(message.params["ID"] ?? "", message.source);
        return pass(message, message.destination);
      },
    ],
  ]);

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
        headers: Object.fromEntries(SIGNED.map((name) => [name, message.headers[name]])),
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
    await tell({
      method: "PUT",
      path: `${path}/error`,
      destination: message.source,
      body: await errorMessage(api, message.operation, error),
    });
  }

  /** Says something of the hub's own to a participant; nobody hears what is for an unknown one. */
  async function tell(message: Outgoing): Promise<void> {
    const { destination = "", method, path } = message;
    const url = urls.get(destination);
    if (url === undefined) return;
    const reply = await endpoint.send(url, message);
    if (reply.status >= 300)
      throw new Error(`${destination} answered ${method} ${path} with ${reply.status}`);
  }

  async function prepare(message: Message): Promise<void> {
    const outcome = ledger.prepare(message.body, message.source);
    if (outcome === "resent") return;
    if (outcome === "modified")
      return tell({
        method: "PUT",
        destination: message.source,
        path: `${callbackPathOf("POST", message.path, message.body) ?? message.path}/error`,
        body: errorBody("3106"),
      });
    answered.delete(conversationOf(message));
    if (!(await pass(message, message.destination ?? outcome.payeeFsp))) ledger.abort(outcome.transferId);
  }

  async function report(message: Message): Promise<void> {
    const known = ledger.transfers.get(message.params["ID"] ?? "");
    if (!known) return refuse(message, errorBody("3208"));
    const { source: destination, path } = message;
    await tell({ method: "PUT", path, destination, body: stateBody(known) });
  }

  async function commit(message: Message): Promise<void> {
    const { transferState } = message.body as { transferState?: string }; // the validator has seen it
    const known = ledger.fulfil(message.params["ID"] ?? "", message.source, message.body);
    if (!known) return;
    const { path } = message;
    await tell({ method: "PUT", path, destination: known.payerFsp, body: stateBody(known) });
    if (transferState !== "RESERVED" || !hasOperation(api, "PATCH /transfers/{ID}")) return;
    const { state, completedTimestamp } = known;
    await tell({
      method: "PATCH",
      path,
      destination: known.payeeFsp,
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
      for (const { type, id } of dfsp.parties) directory.add(type, id, dfsp.fspId);
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

// What a signature is made of and over, beside the body: it holds at the far end only where these come as they were sent.
const SIGNED = [HEADER.date, HEADER.signature, HEADER.uri, HEADER.httpMethod];

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
