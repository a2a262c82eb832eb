import type { ErrorBody } from "@mojaloop-versioning/protocol";
import { stateOf, type Check } from "./checks.ts";
import type { Hop } from "./hop.ts";
import type { PlayedProposal } from "./proposal.ts";
import type { Played, PlayedTransfer } from "./scenario.ts";
import { createPaint, tableLines, type Paint } from "./text-table.ts";

/** One scene of the demo. */
export interface Scene {
  readonly scene: "transfer" | "refusal" | "error callback" | "proposal";
  /** FSP id of the participant that started it. */
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

/** The output of `mojaver demo --json`. */
export interface DemoReport {
  readonly ok: boolean;
  readonly scenes: readonly Scene[];
  readonly checks: readonly Check[];
}

type ErrorInformation = ErrorBody["errorInformation"];

/** The demo as data. */
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

/** The demo as text. */
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
  const labels = new Map([hub, payee].map(({ fspId, api }) => [fspId, `${fspId} ${api.version}`]));
  labels.set(newcomer.fspId, `${newcomer.fspId} ${newcomer.api.resources["parties"] ?? ""}`);
  const heading = (text: string): string[] => ["", paint("bold", `  ${text}`), ""];
  const [first] = transfers;
  return [
    ...heading("Three versions of FSPIOP in one scheme"),
    "  payer-1.0, payer-1.1 and payer-2.0 each pay a customer of payee, which uses 1.1. The hub uses 2.0 only. No party knows",
    "  the version of another: the adapter in front of the hub converts each message to the version of its receiver.",
    "",
    "  The payment of payer-1.0, message by message. In: version on arrival at the adapter. Out: version as delivered.",
    "",
    ...hopTable(first?.hops ?? [], labels, paint),
    ...heading("The same payment by all three payers"),
    ...summary(transfers, paint),
    ...heading("A DFSP on version 9 is refused at once, with the list of supported versions"),
    ...hopTable(refusal.hops, labels, paint),
    ...heading(
      "payer-2.0 requests a quote across currencies, which 1.1 does not have: it receives an error callback",
    ),
    ...hopTable(errorCallback.hops, labels, paint),
    ...heading(
      "A proposed version: the hub requires a quoteId in each transfer (transfers 2.0); payer and payee use 1.1",
    ),
    "  The payer's program is unchanged: the adapter reads the quoteId from the ILP packet of the transfer.",
    "",
    ...hopTable(proposal.hops, new Map(), paint),
    ...heading("Checks"),
    ...checks.map((check) => checkLine(check, paint)),
    "",
    failed.length === 0
      ? paint("green", `  ${checks.length} of ${checks.length} checks passed in ${(ms / 1000).toFixed(1)} s`)
      : paint("red", `  ${failed.length} of ${checks.length} checks failed`),
    "",
    "  The payers use @mojaloop-versioning/client. Hub and payee are those of `mojaver simulate`, the adapter is `mojaver adapter`.",
    "",
    "",
  ].join("\n");
}

// One row per payer: how many messages were converted, and what was lost or added.
function summary(transfers: readonly PlayedTransfer[], paint: Paint): string[] {
  const rows = transfers.map(({ payer, paid, hops }) => {
    const converted = hops.filter(({ versionIn, versionOut }) => versionIn !== versionOut);
    const losses = hops.flatMap(({ changed }) => changed.filter((change) => change.includes(" /")));
    return [
      [payer.fspId],
      [String(hops.length)],
      [String(converted.length)],
      losses.length === 0 ? ["nothing"] : losses,
      [stateOf(paid)],
    ];
  });
  return tableLines(
    ["Payer", "Messages", "Converted", "Lost or added", "Transfer"],
    rows,
    paint,
    (cell, column) => {
      if (column === 4) return paint(cell === "COMMITTED" ? "green" : "red", cell);
      return cell.startsWith("dropped") ? paint("yellow", cell) : cell;
    },
  );
}

function hopTable(hops: readonly Hop[], labels: ReadonlyMap<string, string>, paint: Paint): string[] {
  const rows = hops.map((hop, i) => [
    [String(i + 1).padStart(2)],
    [labels.get(hop.from) ?? hop.from],
    [labels.get(hop.to) ?? hop.to],
    [`${hop.method} ${shortened(hop.path)}`],
    [hop.versionIn ?? "–"],
    [hop.versionOut ?? "–"],
    [String(hop.status)],
    hop.changed.flatMap((change) => wrapped(change, 62)),
  ]);
  return tableLines(
    [" #", "From", "To", "Message", "In", "Out", "", "Changes"],
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

// Eight characters are enough to tell the ids apart.
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
