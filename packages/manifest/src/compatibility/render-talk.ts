import { formatTable, type TableFormat } from "../text/text-table.ts";
import type { Talk } from "./can-talk.ts";

const VERDICTS = { direct: "yes", adapter: "only with the adapter", no: "no", unknown: "unknown" } as const;

/** The answer of `canTalk` as text: the verdict, then each resource with its reason, then the conversions and what they drop. */
export function renderTalk(talk: Talk, format: TableFormat = "text"): string {
  const loss = talk.conversion === undefined ? "" : `; conversion at worst: ${talk.conversion}`;
  const rows = talk.resources.map(
    ({ resource, verdict, payer = "-", hub = "-", payee = "-", conversion = "", reason }) => [
      resource,
      VERDICTS[verdict],
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
      ? []
      : [formatTable([["Resource", "Converted", "Versions", "Loss"], ...steps], format)];
  const loses = [...new Set(talk.resources.flatMap((one) => one.steps.flatMap((step) => step.loses)))];
  const dropped =
    loses.length === 0 ? [] : [["The conversions drop:", ...loses.map((member) => `- ${member}`)].join("\n")];
  return [`Through ${talk.hub}: ${VERDICTS[talk.verdict]}${loss}`, table, ...details, ...dropped].join(
    "\n\n",
  );
}
