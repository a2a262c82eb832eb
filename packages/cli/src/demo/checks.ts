import type { Version } from "@mojaloop-versioning/protocol";
import { readIlpPacket, type Dfsp } from "@mojaloop-versioning/simulator";
import { validateBody as validateV10 } from "@mojaloop-versioning/types/fspiop/v1.0/validate";
import { validateBody as validateV11 } from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import { validateBody as validateV20 } from "@mojaloop-versioning/types/fspiop/v2.0/validate";
import type { Heard } from "./payer.ts";
import type { PlayedProposal } from "./proposal.ts";
import type { Played, PlayedTransfer } from "./scenario.ts";

/** One thing that must hold, and what was seen where it does not. */
export interface Check {
  readonly claim: string;
  readonly ok: boolean;
  readonly seen?: string;
}

type Body = Readonly<Record<string, unknown>>;
const VALIDATORS = { "1.0": validateV10, "1.1": validateV11, "2.0": validateV20 };

/** Holds what was played against what had to happen. */
export function checksOf({ hub, payee, newcomer, transfers, refusal, errorCallback }: Played): Check[] {
  const { paid: unpaid } = errorCallback;
  return [
    ...transfers.map(({ payer }) => heard(payer.fspId, payer.heard, payer.version)),
    heard(payee.fspId, payee.received, "1.1"),
    heard(hub.fspId, hub.received, "2.0"),
    equal(
      "every payer got the callbacks of its three steps, and the payee was told of each commit",
      [
        ...transfers.map(({ payer }) => payer.heard.slice(0, 3).map(({ operation }) => operation)),
        operations(payee, "PATCH"),
      ],
      [
        ...transfers.map(() => ["PUT /parties/{Type}/{ID}", "PUT /quotes/{ID}", "PUT /transfers/{ID}"]),
        transfers.map(() => "PATCH /transfers/{ID}"),
      ],
    ),
    equal(
      "the ILP packet of each quote reached the payee unchanged, and names that very quote",
      transfers.map((_each, i) => packetOf(payee, i)),
      transfers.map(({ payer }, i) => ({
        packet: text(bodyOf(payer.heard, "PUT /quotes/{ID}"), "ilpPacket"),
        quoteId: text(bodyOf(payee.received, "POST /quotes", i), "quoteId"),
      })),
    ),
    equal(
      "each condition is the SHA-256 of the fulfilment that came back",
      transfers.map(({ paid }) => paid.ok && paid.fulfilled),
      transfers.map(() => true),
    ),
    equal(
      "each transfer is COMMITTED at the payer, at the payee and at the hub",
      transfers.map(({ paid }) => [
        paid.ok && paid.state,
        ...[payee, hub].map((each) => (paid.ok ? each.transfers.get(paid.transferId)?.state : undefined)),
      ]),
      transfers.map(() => ["COMMITTED", "COMMITTED", "COMMITTED"]),
    ),
    equal(
      "version 9 was refused at once: 406, error 3001, with the versions there are",
      [refusal.answer.status, refusal.answer.error.errorCode, refusal.answer.versions.join(" ")],
      [406, "3001", "2.0 1.1 1.0"],
    ),
    equal(
      "and nothing of it went on",
      refusal.hops.filter(({ versionOut }) => versionOut !== undefined).length,
      0,
    ),
    equal(
      "the quote across currencies came back as an error callback that names the versions of its destination",
      unpaid.ok
        ? "paid"
        : [
            unpaid.error.via,
            unpaid.error.errorInformation.errorCode,
            ...(unpaid.error.errorInformation.extensionList?.extension ?? []).map(
              ({ key, value }) => `${key}.${value}`,
            ),
          ],
      ["callback", "3100", "1.1"],
    ),
    equal(
      "and the payee never saw it",
      operations(payee, "POST").filter((each) => each === "POST /quotes").length,
      transfers.length,
    ),
    equal(
      "nobody failed inside",
      [hub, payee, newcomer].flatMap(({ failures }) => failures.map(String)),
      [],
    ),
  ];
}

/** Holds the proposal's scene against what had to happen. */
export function checksOfProposal({ paid, quote, transfer }: PlayedProposal): Check[] {
  const quoteId = text(quote?.body as Body | undefined, "quoteId"); // a quote, as its validator says
  return [
    equal(
      "the hub on the proposal got the quote's own id in a transfer whose payer does not know the member",
      [transfer?.version, (transfer?.body as Body | undefined)?.["quoteId"]], // a transfer, as its validator says
      ["2.0", quoteId],
    ),
    equal("and that transfer is COMMITTED", stateOf(paid), "COMMITTED"),
  ];
}

/** How a payment ended, in a word or a sentence. */
export function stateOf(paid: PlayedTransfer["paid"]): string {
  return paid.ok ? paid.state : paid.error.errorInformation.errorDescription;
}

/** Everything that a party took is in its version, and holds nothing that this version does not know. */
function heard(fspId: string, messages: readonly Heard[], version: keyof typeof VALIDATORS): Check {
  const wrong = messages.flatMap((message) => wrongWith(message, version));
  return equal(`everything that ${fspId} heard is FSPIOP ${version}, member by member`, wrong, []);
}

function wrongWith({ operation, version, body }: Heard, expected: keyof typeof VALIDATORS): string[] {
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

function packetOf({ received }: Dfsp, at: number): object {
  const packet = text(bodyOf(received, "POST /transfers", at), "ilpPacket");
  return { packet, quoteId: text(readIlpPacket(packet)?.transaction as Body | undefined, "quoteId") }; // an object, as ILP packets hold
}

function operations({ received }: Dfsp, method: string): string[] {
  return received.filter((message) => message.method === method).map(({ operation }) => operation);
}

function bodyOf(messages: readonly Heard[], operation: string, at = 0): Body | undefined {
  const found = messages.filter((message) => message.operation === operation);
  return found[at]?.body as Body | undefined; // an object, as its validator says
}

function text(body: Body | undefined, member: string): string {
  const value = body?.[member];
  return typeof value === "string" ? value : "";
}

function equal(claim: string, seen: unknown, expected: unknown): Check {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(expected)];
  return a === b ? { claim, ok: true } : { claim, ok: false, seen: `expected ${b}, saw ${a}` };
}
