import { checksOf, checksOfProposal } from "./checks.ts";
import { playProposal } from "./proposal.ts";
import { dataOf, textOf, type DemoReport } from "./report.ts";
import { play } from "./scenario.ts";

/** The demo as it was played, as data and for a reader. */
export interface PlayedDemo {
  readonly report: DemoReport;
  readonly text: (colour: boolean) => string;
}

/** Plays every scene on free ports of 127.0.0.1 and holds it against what had to happen. */
export async function playDemo(): Promise<PlayedDemo> {
  const started = performance.now();
  const proposal = await playProposal();
  return play((played) => {
    const checks = [...checksOf(played), ...checksOfProposal(proposal)];
    const ms = performance.now() - started;
    return {
      report: dataOf(played, proposal, checks),
      text: (colour) => textOf(played, proposal, checks, ms, colour),
    };
  });
}
