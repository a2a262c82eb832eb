import { randomUUID } from "node:crypto";
import { resourceOf, type Operation, type Version } from "@mojaloop-versioning/protocol";
import type { Api } from "@mojaloop-versioning/types";
import { onTestFinished } from "vitest";
import * as z from "zod";
import {
  createDfsp,
  createHub,
  type Answer,
  type Dfsp,
  type DfspOptions,
  type Hub,
  type HubOptions,
  type Outgoing,
  type PartyRecord,
  type Payment,
} from "../src/index.ts";
import { minimalBody, valuesOf } from "../src/minimal-body.ts";
import type { Spoken } from "./apis.ts";

/** A hub, a payer and a payee that has a party. */
export interface Scheme {
  readonly hub: Hub;
  readonly payer: Dfsp;
  readonly payee: Dfsp;
}

export const PARTY: PartyRecord = { type: "MSISDN", id: "123", party: { name: "Ada" } };
export const PAYMENT: Payment = { to: PARTY, amount: { amount: "10.5", currency: "USD" } };

interface SchemeOptions {
  readonly hub?: Partial<HubOptions>;
  readonly payer?: Partial<DfspOptions>;
  readonly payee?: Partial<DfspOptions>;
}

/** Starts a scheme of one version until the test is over. */
export async function startScheme(version: Version | Api, options: SchemeOptions = {}): Promise<Scheme> {
  const scheme = await openScheme(version, options);
  onTestFinished(() => closeScheme(scheme));
  return scheme;
}

/** Starts a scheme of one version. */
export async function openScheme(version: Version | Api, options: SchemeOptions = {}): Promise<Scheme> {
  const hub = await createHub({ version, ...options.hub });
  const payer = await createDfsp({ fspId: "payerfsp", version, hub, ...options.payer });
  const payee = await createDfsp({ fspId: "payeefsp", version, hub, parties: [PARTY], ...options.payee });
  return { hub, payer, payee };
}

export async function closeScheme({ payer, payee, hub }: Scheme): Promise<void> {
  await Promise.all([payer, payee, hub].map((each) => each.close()));
}

/** What must have been asked for before: a transfer bears the packet and the condition of a quote, a GET the id of a POST. */
function needsOf(operation: Operation, api: Api): Operation | undefined {
  const resource = resourceOf(operation);
  const asked = new Map<Operation, Operation>([
    ["POST /transfers", "POST /quotes"],
    ["POST /bulkTransfers", "POST /bulkQuotes"],
    ["POST /fxTransfers", "POST /fxQuotes"],
    [`GET /${resource}/{ID}`, `POST /${resource}`],
    ["GET /participants/{Type}/{ID}", "POST /participants/{Type}/{ID}"],
    ["GET /participants/{Type}/{ID}/{SubId}", "POST /participants/{Type}/{ID}/{SubId}"],
    ["GET /parties/{Type}/{ID}", "POST /participants/{Type}/{ID}"],
    ["DELETE /participants/{Type}/{ID}", "POST /participants/{Type}/{ID}"],
    ["DELETE /participants/{Type}/{ID}/{SubId}", "POST /participants/{Type}/{ID}/{SubId}"],
  ]).get(operation);
  return asked && Object.hasOwn(api.operations, asked) ? asked : undefined;
}

/** What every request may say, in members of either dialect. */
function factsOf(operation: Operation, { dialect }: Api): Readonly<Record<string, unknown>> {
  const uuid = randomUUID();
  // The ids of ISO 20022 are ULIDs, 26 characters of Crockford's base 32, in which hexadecimal digits are.
  const id = dialect === "iso20022" ? `01${uuid.replaceAll("-", "").slice(0, 24).toUpperCase()}` : uuid;
  return {
    ID: operation.includes("{Type}") ? PARTY.id : id,
    Type: PARTY.type,
    SubId: "PASSPORT",
    SourceCurrency: "USD",
    TargetCurrency: "UGX",
    requestId: id,
    quoteId: id,
    transactionId: id,
    transactionRequestId: id,
    transferId: id,
    bulkQuoteId: id,
    bulkTransferId: id,
    conversionRequestId: id,
    commitRequestId: id,
    TxId: id,
    fspId: "payeefsp",
    payerFsp: "payerfsp",
    payeeFsp: "payeefsp",
    expiration: new Date(Date.now() + 60_000).toISOString(),
  };
}

/** A request with the least that its version demands, of the facts given first. */
export function requestOf(
  { api, schemas }: Spoken,
  operation: Operation,
  destination: string | undefined,
  ...facts: Readonly<Record<string, unknown>>[]
): Outgoing {
  const values = valuesOf(undefined, ...facts, factsOf(operation, api));
  const [method = "", template = ""] = operation.split(" ");
  const path = template.replaceAll(/\{([^}]*)\}/g, (_braced, name: string) => String(values.get(name)?.[0]));
  const component = api.operations[operation]?.body;
  const schema =
    component === undefined ? undefined : new Map<string, unknown>(Object.entries(schemas)).get(component);
  return {
    method: method as Outgoing["method"], // of an operation of the API
    path,
    destination,
    ...(schema instanceof z.ZodType && { body: minimalBody(schema, values) }),
  };
}

/** Asks for an operation, and before it for what it needs. */
export async function ask(
  { payer }: Pick<Scheme, "payer">,
  spoken: Spoken,
  operation: Operation,
  destination: string | undefined,
  facts: Readonly<Record<string, unknown>> = factsOf(operation, spoken.api),
): Promise<Answer> {
  const needed = needsOf(operation, spoken.api);
  const before = needed && (await ask({ payer }, spoken, needed, destination, facts));
  if (before?.ok === false) return before;
  const known = before?.body as Readonly<Record<string, unknown>> | undefined; // the body of a callback is an object
  return payer.request(requestOf(spoken, operation, destination, { ...known }, facts));
}
