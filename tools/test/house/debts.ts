import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { ROOT } from "../workspace.ts";

const FILE = join(ROOT, "tools/test/house/debts.json");

type Debts = Record<string, string[]>;

function readDebts(): Debts {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Debts) : {}; // our own file
}

/**
 * Fails with each violation that `debts.json` does not list under `rule`. The file holds what was there before the rule and only
 * shrinks: `HOUSE_DEBTS=prune npm run test:house` removes what is settled. `HOUSE_DEBTS=add` records what is there, for a new rule.
 */
export function expectNoneBut(rule: string, violations: readonly string[], advice: string): void {
  const debts = readDebts();
  const known = debts[rule] ?? [];
  const mode = process.env["HOUSE_DEBTS"];
  if (mode === "add" || mode === "prune") {
    const rest = mode === "add" ? [...violations] : known.filter((each) => violations.includes(each));
    const next: Debts = { ...debts, [rule]: [...new Set(rest)].sort() };
    const kept = Object.entries(next)
      .filter(([, list]) => list.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
    return;
  }
  expect(
    violations.filter((each) => !known.includes(each)),
    `${rule}: ${advice}`,
  ).toEqual([]);
}
