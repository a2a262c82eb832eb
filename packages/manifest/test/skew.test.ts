import { expect, test } from "vitest";
import { parseServiceVersion, renderSkew, shippedManifests, skew, type SkewVerdict } from "../src/index.ts";

const manifests = shippedManifests();

type Row = [first: string, second: string, verdict: SkewVerdict, evidence: string, why: string];

test.each<Row>([
  [
    "central-ledger@9.5.2",
    "central-ledger@10.1.0",
    "ok",
    "have the same 160 migrations",
    "one set at both tags",
  ],
  [
    "central-ledger@10.1.0",
    "central-ledger@10.1.1",
    "blocks",
    "breaks the older instances",
    "400401 is removed again",
  ],
  ["central-ledger@17.7.2", "central-ledger@18.0.1", "blocks", "breaks the older instances", "310403"],
  ["central-ledger@10.0.1", "central-ledger@10.1.0", "unknown", "has no tag v10.0.1", "never released"],
  [
    "central-ledger@10.1.1",
    "ml-api-adapter@99.0.0",
    "unknown",
    "no known release contains both",
    "no evidence",
  ],
  ["central-ledger@19.3.0", "ml-api-adapter@16.3.2", "ok", "Helm 17.0.0 contains both", "released together"],
  ["nothing@1.0.0", "nothing@2.0.0", "unknown", "are not known", "an unknown service"],
])("%s and %s: %s, since it %s (%s)", (first, second, verdict, evidence) => {
  const answer = skew(manifests, parseServiceVersion(first), parseServiceVersion(second));
  expect(answer.verdict).toBe(verdict);
  expect(renderSkew(answer)).toContain(evidence);
});

test.each(["central-ledger", "@1.0.0", "a@b@c", "central-ledger@latest"])(
  "%s is not SERVICE@VERSION",
  (text) => {
    expect(() => parseServiceVersion(text)).toThrow("is not SERVICE@VERSION");
  },
);
