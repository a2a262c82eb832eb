import { formatTable, type TableFormat } from "../text/text-table.ts";
import type { Talk } from "./can-talk.ts";

const TALK = { direct: "yes", adapter: "only over the adapter", no: "no" } as const;

/** The answer of `canTalk` for people: yes or no first, then each resource with its reason. */
export function renderTalk(talk: Talk, format: TableFormat = "text"): string {
  const loss = talk.conversion === undefined ? "" : `; conversion at worst: ${talk.conversion}`;
  const rows = talk.resources.map(
    ({ resource, verdict, payer = "-", hub = "-", payee = "-", conversion = "", reason }) => [
      resource,
      TALK[verdict],
      `${payer} > ${hub} > ${payee}`,
      conversion,
      reason,
    ],
  );
  const table = formatTable(
    [["Resource", "Can talk", "Payer > hub > payee", "Conversion", "Why"], ...rows],
    format,
  );
  const steps = talk.resources.flatMap(({ resource, steps: own }) =>
    own.map(({ at, what, from, to, conversion }) => [
      resource,
      `${what} on the ${at}`,
      `${from} to ${to}`,
      conversion,
    ]),
  );
  const details =
    steps.length === 0
      ? ""
      : `\n\n${formatTable([["Resource", "Converted", "Versions", "Loss"], ...steps], format)}`;
  return `Through ${talk.hub}: ${TALK[talk.verdict]}${loss}\n\n${table}${details}`;
}
