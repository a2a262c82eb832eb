import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { diffSpecs, type DiffResult } from "../src/index.ts";
import { shared } from "./documents.ts";

interface Case {
  readonly case_id: string;
  readonly name: string;
  readonly scope: { readonly handler: string; readonly ids?: readonly string[] };
  readonly match: "exact" | "contains" | "verdict";
  readonly min_level?: string;
  readonly expected_level: string;
  readonly expected: readonly { readonly id: string }[];
  readonly compat?: { readonly old_sender_new_receiver: string; readonly new_sender_old_receiver: string };
  readonly base: unknown;
  readonly revision: unknown;
}

const text = shared("data/diff-cases.json");
const { cases } = (text === undefined ? { cases: [] } : JSON.parse(text)) as { cases: Case[] }; // the format of shared/data/README.md
const results = new Map(cases.map((pair) => [pair.case_id, diffSpecs(pair.base, pair.revision)]));
const LEVELS = ["none", "info", "warn", "error"];

// Of a pair made for one check of oasdiff, only what that check looks at is judged; of a "contains" pair, only what it names.
function inScope({ scope, match, expected, case_id }: Case): DiffResult["findings"] {
  const { findings } = results.get(case_id) ?? { findings: [] };
  if (match === "contains") return findings.filter(({ id }) => expected.some((wanted) => wanted.id === id));
  return scope.handler === "ALL" || !scope.ids
    ? findings
    : findings.filter(({ id }) => scope.ids?.includes(id));
}

const isBroken = (pair: Case): boolean => inScope(pair).some(({ level }) => level === "error");
const named = (pairs: readonly Case[]): string[] => pairs.map(({ case_id, name }) => `${case_id} ${name}`);
// Pairs whose two documents are equal say nothing of a comparison of documents.
const told = cases.filter(({ base, revision }) => JSON.stringify(base) !== JSON.stringify(revision));

test.skipIf(text === undefined)("every pair expected to break is called breaking", () => {
  const broken = told.filter(({ expected_level }) => expected_level === "error");
  expect(broken.length).toBeGreaterThan(50);
  expect(named(broken.filter((pair) => !isBroken(pair)))).toEqual([]);
});

test.skipIf(text === undefined)("at most one in fifty of the others is", () => {
  const quiet = told.filter(({ expected_level }) => expected_level === "info" || expected_level === "none");
  const alarms = quiet.filter(isBroken);
  expect(alarms.length / quiet.length, named(alarms).join(", ")).toBeLessThanOrEqual(0.02);
});

test.skipIf(text === undefined)("at least four fifths of the pairs have exactly the ids expected", () => {
  const exact = told.filter(({ match }) => match === "exact");
  const met = exact.filter((pair) => {
    const least = LEVELS.indexOf(pair.min_level ?? "info");
    const ids = new Set(
      inScope(pair)
        .filter(({ level }) => LEVELS.indexOf(level) >= least)
        .map(({ id }) => id),
    );
    const wanted = new Set(pair.expected.map(({ id }) => id));
    return ids.size === wanted.size && [...ids].every((id) => wanted.has(id));
  });
  expect(met.length / exact.length).toBeGreaterThanOrEqual(0.8);
});

const pairs = cases.filter(({ compat }) => compat);

test.skipIf(text === undefined).each(pairs.length > 0 ? pairs : [undefined])("verdicts of $name", (pair) => {
  if (!pair) return;
  const result = results.get(pair.case_id);
  expect(result?.verdict).toEqual({
    oldToNew: pair.compat?.old_sender_new_receiver,
    newToOld: pair.compat?.new_sender_old_receiver,
  });
  // Each witness is held against a validator that is not ours.
  const schemaOf = (document: unknown): object => {
    const [[path, item]] = Object.entries((document as { paths: Record<string, object> }).paths) as [
      [string, object],
    ]; // one path, one operation
    const [[method]] = Object.entries(item) as [[string, object]];
    const pointer = `#/paths/${path.replaceAll("/", "~1")}/${method}/requestBody/content/application~1json/schema`;
    return { $ref: pointer, ...(document as object) }; // an object, as the line above has found
  };
  const accepts = (document: unknown, value: unknown): unknown =>
    new Ajv2020({ strict: false, validateFormats: false }).validate(schemaOf(document), value);
  for (const { witness } of result?.findings ?? []) {
    if (witness?.oldToNew) {
      expect(accepts(pair.base, witness.oldToNew.body)).toBe(true);
      expect(accepts(pair.revision, witness.oldToNew.body)).toBe(false);
    }
    if (witness?.newToOld) {
      expect(accepts(pair.revision, witness.newToOld.body)).toBe(true);
      expect(accepts(pair.base, witness.newToOld.body)).toBe(false);
    }
  }
});
