import { checksOf, checksOfProposal, type Check } from "./checks.ts";
import type { Hop } from "./hop.ts";
import { playProposal, type PlayedProposal } from "./proposal.ts";
import { play, type Played } from "./scenario.ts";
import { createPaint, tableLines } from "./text-table.ts";

const paint = createPaint(process.stdout, process.env);
const words = process.argv.slice(2);
const json = words.includes("--json");
const unknown = words.find((word) => word !== "--json");

if (unknown === undefined) {
  process.exitCode = await run().catch((error: unknown) => {
    console.error(
      `the demo could not be played to its end: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return 1;
  });
} else {
  console.error(`the demo knows no "${unknown}"; run it as it is, or with --json`);
  process.exitCode = 2;
}

async function run(): Promise<number> {
  const started = performance.now();
  const proposal = await playProposal();
  return play((played) => {
    const checks = [...checksOf(played), ...checksOfProposal(proposal)];
    const ok = checks.every((check) => check.ok);
    const ms = performance.now() - started;
    console.log(
      json ? JSON.stringify(dataOf(played, proposal, checks), null, 2) : textOf(played, proposal, checks, ms),
    );
    return ok ? 0 : 1;
  });
}

function dataOf(
  { transfer, refusal, errorCallback }: Played,
  proposal: PlayedProposal,
  checks: readonly Check[],
): object {
  return {
    ok: checks.every((check) => check.ok),
    scenes: [
      {
        scene: "transfer",
        hops: transfer.hops,
        transfer: transfer.answer.ok ? transfer.answer.body : transfer.answer,
      },
      { scene: "refusal", hops: refusal.hops, answer: refusal.answer },
      { scene: "error callback", hops: errorCallback.hops, answer: errorCallback.answer },
      { scene: "proposal", hops: proposal.hops, answer: proposal.answer },
    ],
    checks,
  };
}

function textOf(played: Played, proposal: PlayedProposal, checks: readonly Check[], ms: number): string {
  const { hub, payer, payee, modern, newcomer } = played;
  const failed = checks.filter((check) => !check.ok);
  const who = new Map(
    [hub, payer, payee, modern].map(({ fspId, api }) => [fspId, `${fspId} ${api.version}`]),
  );
  who.set(newcomer.fspId, `${newcomer.fspId} ${newcomer.api.resources["parties"] ?? ""}`);
  return [
    "",
    paint("bold", "  Three versions of FSPIOP in one transfer"),
    "",
    `  The hub speaks 2.0 and nothing else, the payer 1.0, the payee 1.1. Every message goes through the adapter before the hub.`,
    "",
    ...hopTable(played.transfer.hops, who),
    "",
    paint("bold", "  A DFSP asks for version 9"),
    "",
    ...hopTable(played.refusal.hops, who),
    "",
    paint("bold", "  A quote across currencies, which 1.1 cannot say"),
    "",
    ...hopTable(played.errorCallback.hops, who),
    "",
    paint(
      "bold",
      "  A hub on the proposal that a transfer names its quote (transfers 2.0); payer and payee are on 1.1",
    ),
    "",
    ...hopTable(proposal.hops, new Map()),
    "",
    paint("bold", "  Checks"),
    "",
    ...checks.map(checkLine),
    "",
    failed.length === 0
      ? paint("green", `  ${checks.length} of ${checks.length} hold, in ${(ms / 1000).toFixed(1)} s`)
      : paint("red", `  ${failed.length} of ${checks.length} do not hold`),
    "",
  ].join("\n");
}

function hopTable(hops: readonly Hop[], who: ReadonlyMap<string, string>): string[] {
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

function checkLine({ claim, ok, seen }: Check): string {
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
