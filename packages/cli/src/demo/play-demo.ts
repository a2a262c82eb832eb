import { checksOf, checksOfProposal } from "./checks.ts";
import { playProposal } from "./proposal.ts";
import { dataOf, textOf, type DemoReport } from "./report.ts";
import { play } from "./scenario.ts";

/** The result of the demo, as data and as text. */
export interface PlayedDemo {
  readonly report: DemoReport;
  readonly text: (colour: boolean) => string;
}

/** Runs all scenes on free ports of 127.0.0.1 and checks the results. */
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
