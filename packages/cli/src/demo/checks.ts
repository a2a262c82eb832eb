import type { Version } from "@mojaloop-versioning/protocol";
import {
  conditionOf,
  readIlpPacket,
  type Dfsp,
  type Hub,
  type Message,
} from "@mojaloop-versioning/simulator";
import { validateBody as validateV10 } from "@mojaloop-versioning/types/fspiop/v1.0/validate";
import { validateBody as validateV11 } from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import { validateBody as validateV20 } from "@mojaloop-versioning/types/fspiop/v2.0/validate";
import type { PlayedProposal } from "./proposal.ts";
import type { Played } from "./scenario.ts";

/** One thing that must hold, and what was seen where it does not. */
export interface Check {
  readonly claim: string;
  readonly ok: boolean;
  readonly seen?: string;
}

type Body = Readonly<Record<string, unknown>>;
const VALIDATORS = { "1.0": validateV10, "1.1": validateV11, "2.0": validateV20 };

/** Holds what was played against what had to happen. */
export function checksOf(played: Played): Check[] {
  const { hub, payer, payee, modern } = played;
  const { transfer, refusal, errorCallback } = played;
  const transferId = transfer.answer.ok ? transfer.answer.body.transferId : "none";
  const prepare = bodyOf(payee, "POST /transfers");
  const quote = bodyOf(payer, "PUT /quotes/{ID}");
  const fulfil = bodyOf(payer, "PUT /transfers/{ID}");
  const packet = readIlpPacket(text(prepare, "ilpPacket"));
  const asked = bodyOf(payee, "POST /quotes");

  return [
    heard(payer, "1.0"),
    heard(payee, "1.1"),
    heard(hub, "2.0"),
    equal(
      "each of the three steps was answered by its callback, and the payee was told of the commit",
      operations(payer, "PUT").concat(operations(payee, "PATCH")),
      ["PUT /parties/{Type}/{ID}", "PUT /quotes/{ID}", "PUT /transfers/{ID}", "PATCH /transfers/{ID}"],
    ),
    equal(
      "the ILP packet of the quote reached the payee's ledger unchanged, and names that very quote",
      [
        text(prepare, "ilpPacket") === text(quote, "ilpPacket"),
        text(packet?.transaction as Body | undefined, "quoteId"),
      ],
      [true, text(asked, "quoteId")],
    ),
    equal(
      "the condition is the SHA-256 of the fulfilment that came back",
      conditionOf(text(fulfil, "fulfilment")),
      text(prepare, "condition"),
    ),
    equal(
      "the transfer is COMMITTED at the payer, at the payee and at the hub",
      [payer, payee, hub].map(({ transfers }) => transfers.get(transferId)?.state ?? "unknown"),
      ["COMMITTED", "COMMITTED", "COMMITTED"],
    ),
    equal(
      "version 9 was refused at once: 406, error 3001, with the versions there are",
      refusal.answer.ok
        ? "accepted"
        : [refusal.answer.status, refusal.answer.error.errorCode, refusal.answer.versions.join(" ")],
      [406, "3001", "2.0 1.1 1.0"],
    ),
    equal(
      "and nothing of it went on",
      refusal.hops.filter(({ versionOut }) => versionOut !== undefined).length,
      0,
    ),
    equal(
      "the quote across currencies came back as an error callback that names the versions of its destination",
      errorCallback.answer.ok
        ? "accepted"
        : [
            errorCallback.answer.via,
            errorCallback.answer.error.errorCode,
            ...(errorCallback.answer.error.extensionList?.extension ?? []).map(
              ({ key, value }) => `${key}.${value}`,
            ),
          ],
      ["callback", "3100", "1.1"],
    ),
    equal(
      "and the payee never saw it",
      operations(payee, "POST").filter((each) => each === "POST /quotes").length,
      1,
    ),
    equal(
      "nobody failed inside",
      [hub, payer, payee, modern].flatMap(({ failures }) => failures.map(String)),
      [],
    ),
  ];
}

/** Holds the proposal's scene against what had to happen. */
export function checksOfProposal({ answer, quote, transfer }: PlayedProposal): Check[] {
  const quoteId = text(quote?.body as Body | undefined, "quoteId"); // a quote, as its validator says
  return [
    equal(
      "the hub on the proposal got the quote's own id in a transfer whose payer does not know the member",
      [transfer?.version, (transfer?.body as Body | undefined)?.["quoteId"]], // a transfer, as its validator says
      ["2.0", quoteId],
    ),
    equal(
      "and that transfer is COMMITTED",
      answer.ok ? answer.body.state : answer.error.errorDescription,
      "COMMITTED",
    ),
  ];
}

/** Everything that a party took is in its version, and holds nothing that this version does not know. */
function heard({ fspId, received }: Dfsp | Hub, version: keyof typeof VALIDATORS): Check {
  const wrong = received.flatMap((message) => wrongWith(message, version));
  return equal(`everything that ${fspId} heard is FSPIOP ${version}, member by member`, wrong, []);
}

function wrongWith({ operation, version, body }: Message, expected: keyof typeof VALIDATORS): string[] {
  if (version !== (expected satisfies Version)) return [`${operation} in ${version}`];
  if (body === undefined) return [];
  const validate = VALIDATORS[expected] as (
    operation: string,
    body: unknown,
    options: { strict: true },
  ) => { ok: boolean }; // an operation that the API has
  const verdict = validate(operation, body, { strict: true });
  return verdict.ok ? [] : [`${operation} ${JSON.stringify(verdict)}`];
}

function operations({ received }: Dfsp, method: string): string[] {
  return received.filter((message) => message.method === method).map(({ operation }) => operation);
}

function bodyOf({ received }: Dfsp, operation: string): Body | undefined {
  return received.find((message) => message.operation === operation)?.body as Body | undefined; // an object, as its validator says
}

function text(body: Body | undefined, member: string): string {
  const value = body?.[member];
  return typeof value === "string" ? value : "";
}

function equal(claim: string, seen: unknown, expected: unknown): Check {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(expected)];
  return a === b ? { claim, ok: true } : { claim, ok: false, seen: `expected ${b}, saw ${a}` };
}
