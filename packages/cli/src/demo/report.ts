import type { ErrorBody } from "@mojaloop-versioning/protocol";
import { stateOf, type Check } from "./checks.ts";
import type { Hop } from "./hop.ts";
import type { PlayedProposal } from "./proposal.ts";
import type { Played, PlayedTransfer } from "./scenario.ts";
import { createPaint, tableLines, type Paint } from "./text-table.ts";

/** One scene of the demo. */
export interface Scene {
  readonly scene: "transfer" | "refusal" | "error callback" | "proposal";
  /** Who asked. */
  readonly participant: string;
  readonly hops: readonly Hop[];
  readonly outcome:
    | { readonly ok: true; readonly transferId: string; readonly state: string }
    | {
        readonly ok: false;
        readonly via: string;
        readonly status?: number;
        readonly error: ErrorInformation;
      };
}

/** What was played, as `mojaver demo --json` prints it. */
export interface DemoReport {
  readonly ok: boolean;
  readonly scenes: readonly Scene[];
  readonly checks: readonly Check[];
}

type ErrorInformation = ErrorBody["errorInformation"];

/** What was played, as data. */
export function dataOf(
  { transfers, refusal, errorCallback, newcomer }: Played,
  proposal: PlayedProposal,
  checks: readonly Check[],
): DemoReport {
  const { via, status, error } = refusal.answer;
  return {
    ok: checks.every((check) => check.ok),
    scenes: [
      ...transfers.map((played) => sceneOf("transfer", played)),
      {
        scene: "refusal",
        participant: newcomer.fspId,
        hops: refusal.hops,
        outcome: { ok: false, via, status, error },
      },
      sceneOf("error callback", errorCallback),
      sceneOf("proposal", proposal),
    ],
    checks,
  };
}

function sceneOf(scene: Scene["scene"], { payer, paid, hops }: PlayedTransfer): Scene {
  const participant = payer.fspId;
  if (!paid.ok) {
    const { via, status, errorInformation: error } = paid.error;
    return { scene, participant, hops, outcome: { ok: false, via, ...(status && { status }), error } };
  }
  const { transferId, state } = paid;
  return { scene, participant, hops, outcome: { ok: true, transferId, state } };
}

/** What was played, for a reader who sees it for the first time. */
export function textOf(
  played: Played,
  proposal: PlayedProposal,
  checks: readonly Check[],
  ms: number,
  colour: boolean,
): string {
  const { hub, payee, newcomer, transfers, refusal, errorCallback } = played;
  const paint = createPaint(colour);
  const failed = checks.filter((check) => !check.ok);
  const who = new Map([hub, payee].map(({ fspId, api }) => [fspId, `${fspId} ${api.version}`]));
  who.set(newcomer.fspId, `${newcomer.fspId} ${newcomer.api.resources["parties"] ?? ""}`);
  const heading = (text: string): string[] => ["", paint("bold", `  ${text}`), ""];
  const [first] = transfers;
  return [
    ...heading("Three versions of FSPIOP in one scheme"),
    "  payer-1.0, payer-1.1 and payer-2.0 each pay a customer of payee, which speaks 1.1. The hub speaks 2.0 and nothing else. Nobody knows",
    "  what the others speak: every message goes through the adapter before the hub, which says it in the version of the one who gets it.",
    "",
    "  payer-1.0 pays, message by message: In is the version in which the adapter got it, Out the one in which it went on.",
    "",
    ...hopTable(first?.hops ?? [], who, paint),
    ...heading("The same payment by all three"),
    ...summary(transfers, paint),
    ...heading("A DFSP that speaks version 9 is refused at once, with the versions there are"),
    ...hopTable(refusal.hops, who, paint),
    ...heading(
      "payer-2.0 asks for a quote across currencies, which 1.1 cannot say: an error callback comes back",
    ),
    ...hopTable(errorCallback.hops, who, paint),
    ...heading(
      "A proposal: the hub demands that a transfer names its quote (transfers 2.0); payer and payee are on 1.1",
    ),
    "  The payer's program is not touched: the adapter finds the quoteId in the ILP packet of the transfer, where it has always been.",
    "",
    ...hopTable(proposal.hops, new Map(), paint),
    ...heading("Checks"),
    ...checks.map((check) => checkLine(check, paint)),
    "",
    failed.length === 0
      ? paint("green", `  ${checks.length} of ${checks.length} hold, in ${(ms / 1000).toFixed(1)} s`)
      : paint("red", `  ${failed.length} of ${checks.length} do not hold`),
    "",
    "  The payers are programs on @mojaloop-versioning/client; hub and payee are those of `mojaver simulate`; the adapter is `mojaver adapter`.",
    "",
    "",
  ].join("\n");
}

/** One line a payer: how much had to be said otherwise, and what was lost. */
function summary(transfers: readonly PlayedTransfer[], paint: Paint): string[] {
  const rows = transfers.map(({ payer, paid, hops }) => {
    const converted = hops.filter(({ versionIn, versionOut }) => versionIn !== versionOut);
    const told = hops.flatMap(({ changed }) => changed.filter((change) => change.includes(" /")));
    return [
      [payer.fspId],
      [String(hops.length)],
      [String(converted.length)],
      told.length === 0 ? ["nothing"] : told,
      [stateOf(paid)],
    ];
  });
  return tableLines(
    ["Payer", "Messages", "In another version", "Lost or added on the way", "Transfer"],
    rows,
    paint,
    (cell, column) => {
      if (column === 4) return paint(cell === "COMMITTED" ? "green" : "red", cell);
      return cell.startsWith("dropped") ? paint("yellow", cell) : cell;
    },
  );
}

function hopTable(hops: readonly Hop[], who: ReadonlyMap<string, string>, paint: Paint): string[] {
  const rows = hops.map((hop, i) => [
    [String(i + 1).padStart(2)],
    [who.get(hop.from) ?? hop.from],
    [who.get(hop.to) ?? hop.to],
    [`${hop.method} ${shortened(hop.path)}`],
    [hop.versionIn ?? "–"],
    [hop.versionOut ?? "–"],
    [String(hop.status)],
    hop.changed.flatMap((change) => wrapped(change, 62)),
  ]);
  return tableLines(
    [" #", "From", "To", "Message", "In", "Out", "", "What was changed"],
    rows,
    paint,
    (cell, column) => {
      if (column === 6) return paint(cell.startsWith("2") ? "dim" : "red", cell);
      if (column === 4 || column === 5) return paint("cyan", cell);
      return column === 7 && cell.startsWith("dropped") ? paint("yellow", cell) : cell;
    },
  );
}

function checkLine({ claim, ok, seen }: Check, paint: Paint): string {
  if (ok) return `  ${paint("green", "✓")} ${claim}`;
  return `  ${paint("red", "✗")} ${claim}\n      ${seen ?? ""}`;
}

// An id says enough by its first eight characters.
function shortened(path: string): string {
  return path.replace(/\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "$1…");
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
