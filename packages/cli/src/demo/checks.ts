import type { Version } from "@mojaloop-versioning/protocol";
import { readIlpPacket, type Dfsp } from "@mojaloop-versioning/simulator";
import { validateBody as validateV10 } from "@mojaloop-versioning/types/fspiop/v1.0/validate";
import { validateBody as validateV11 } from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import { validateBody as validateV20 } from "@mojaloop-versioning/types/fspiop/v2.0/validate";
import type { ReceivedMessage } from "./payer.ts";
import type { PlayedProposal } from "./proposal.ts";
import type { Played, PlayedTransfer } from "./scenario.ts";

/** One claim, whether it is true, and what was seen if it is not. */
export interface Check {
  readonly claim: string;
  readonly ok: boolean;
  readonly seen?: string;
}

type Body = Readonly<Record<string, unknown>>;
const VALIDATORS = { "1.0": validateV10, "1.1": validateV11, "2.0": validateV20 };

/** Checks the payments, the refusal and the error callback. */
export function checksOf({ hub, payee, newcomer, transfers, refusal, errorCallback }: Played): Check[] {
  const { paid: unpaid } = errorCallback;
  return [
    ...transfers.map(({ payer }) => isInVersion(payer.fspId, payer.received, payer.version)),
    isInVersion(payee.fspId, payee.received, "1.1"),
    isInVersion(hub.fspId, hub.received, "2.0"),
    equal(
      "each payer received the callbacks of its three steps, and the payee a notification of each commit",
      [
        ...transfers.map(({ payer }) => payer.received.slice(0, 3).map(({ operation }) => operation)),
        operations(payee, "PATCH"),
      ],
      [
        ...transfers.map(() => ["PUT /parties/{Type}/{ID}", "PUT /quotes/{ID}", "PUT /transfers/{ID}"]),
        transfers.map(() => "PATCH /transfers/{ID}"),
      ],
    ),
    equal(
      "the ILP packet of each quote reached the payee unchanged and contains the id of that quote",
      transfers.map((_each, i) => packetOf(payee, i)),
      transfers.map(({ payer }, i) => ({
        packet: text(bodyOf(payer.received, "PUT /quotes/{ID}"), "ilpPacket"),
        quoteId: text(bodyOf(payee.received, "POST /quotes", i), "quoteId"),
      })),
    ),
    equal(
      "each condition is the SHA-256 of the fulfilment in the callback",
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
      "version 9 was refused at once: 406, error 3001, with the supported versions",
      [refusal.answer.status, refusal.answer.error.errorCode, refusal.answer.versions.join(" ")],
      [406, "3001", "2.0 1.1 1.0"],
    ),
    equal(
      "the refused message was not forwarded",
      refusal.hops.filter(({ versionOut }) => versionOut !== undefined).length,
      0,
    ),
    equal(
      "the quote across currencies led to an error callback with the versions of the destination",
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
      "the payee did not receive that quote",
      operations(payee, "POST").filter((each) => each === "POST /quotes").length,
      transfers.length,
    ),
    equal(
      "no party reported an internal failure",
      [hub, payee, newcomer].flatMap(({ failures }) => failures.map(String)),
      [],
    ),
  ];
}

/** Checks the scene of the proposal. */
export function checksOfProposal({ paid, quote, transfer }: PlayedProposal): Check[] {
  const quoteId = text(quote?.body as Body | undefined, "quoteId"); // validated as a quote by the hub
  return [
    equal(
      "the hub received the id of the quote in a transfer of a payer on 1.1",
      [transfer?.version, (transfer?.body as Body | undefined)?.["quoteId"]], // validated as a transfer by the hub
      ["2.0", quoteId],
    ),
    equal("that transfer is COMMITTED", stateOf(paid), "COMMITTED"),
  ];
}

/** The state of a payment, or the description of its error. */
export function stateOf(paid: PlayedTransfer["paid"]): string {
  return paid.ok ? paid.state : paid.error.errorInformation.errorDescription;
}

// Each message that a party received is in its version and has no member that this version does not define.
function isInVersion(
  fspId: string,
  messages: readonly ReceivedMessage[],
  version: keyof typeof VALIDATORS,
): Check {
  const wrong = messages.flatMap((message) => wrongWith(message, version));
  return equal(
    `each message that ${fspId} received is valid FSPIOP ${version}, without unknown members`,
    wrong,
    [],
  );
}

function wrongWith(
  { operation, version, body }: ReceivedMessage,
  expected: keyof typeof VALIDATORS,
): string[] {
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
  return { packet, quoteId: text(readIlpPacket(packet)?.transaction as Body | undefined, "quoteId") }; // ILP packets contain an object
}

function operations({ received }: Dfsp, method: string): string[] {
  return received.filter((message) => message.method === method).map(({ operation }) => operation);
}

function bodyOf(messages: readonly ReceivedMessage[], operation: string, at = 0): Body | undefined {
  const found = messages.filter((message) => message.operation === operation);
  return found[at]?.body as Body | undefined; // validated as an object by its receiver
}

function text(body: Body | undefined, member: string): string {
  const value = body?.[member];
  return typeof value === "string" ? value : "";
}

function equal(claim: string, seen: unknown, expected: unknown): Check {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(expected)];
  return a === b ? { claim, ok: true } : { claim, ok: false, seen: `expected ${b}, saw ${a}` };
}
