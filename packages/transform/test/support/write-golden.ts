// Writes the golden file of a release, once: `npx tsx --conditions=@mojaloop-versioning/source test/write-golden.ts 0.1.0`.
// A file that is there is never rewritten: what a released version did with a message, later ones do too.
import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { bodyKinds, builtInVersions } from "../../src/testing/api-version.ts";
import { arbitraryOf } from "../../src/testing.ts";
import { goldenRegistry, outcomesOf, type GoldenCase } from "./golden-case.ts";

const file = resolve(import.meta.dirname, "golden", `${process.argv[2] ?? "next"}.jsonl`);
if (existsSync(file)) throw new Error(`${file} is there; a release's golden file is written once`);

const registry = goldenRegistry();
const lines = bodyKinds(builtInVersions).flatMap(({ resource, operation, version, schema }) => {
  if (!registry.resources[resource]) return [];
  const samples = fc
    .sample(arbitraryOf(schema), { numRuns: 40, seed: 1 })
    .map((body) => JSON.parse(JSON.stringify(body)) as unknown) // as it would come over the wire
    .sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length);
  // The fullest of modest size, and the barest.
  const chosen = [samples.find((body) => JSON.stringify(body).length < 2500), samples.at(-1)];
  return chosen
    .filter((body) => body !== undefined)
    .map((body): GoldenCase => {
      const sample = { resource, operation, version, body };
      return { ...sample, outcomes: outcomesOf(registry, sample) };
    });
});
writeFileSync(file, lines.map((line) => JSON.stringify(line) + "\n").join(""));
