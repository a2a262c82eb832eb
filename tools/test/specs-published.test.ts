import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";

import type { Validator } from "@mojaloop-versioning/types";

import { subpathOf } from "../../packages/types/generate/names.ts";
import { type CatalogEntry, readCatalog, readText } from "../specs/catalog.ts";
import { type JsonObject, parseYaml } from "../specs/document.ts";
import { withCarriers } from "../specs/fetch.ts";
import { planSync } from "../specs/sync.ts";
import { createJudge } from "./ajv-judge.ts";
import { createBodyArbitrary, mutated } from "./body-arbitrary.ts";
import { ROOT } from "./workspace.ts";

// The pinned packages are fetched from npm, which a machine without a network cannot do. types-judge.test.ts holds the same against
// the reduced documents and needs nothing; this one shows that the reduction itself has lost no constraint.
const RUNS = Number(process.env["JUDGE_RUNS"] ?? 12);

const catalog = readCatalog(ROOT);
// Where an overlay corrects bodies the published document is no judge; types-judge.test.ts lists those components.
const untouched = catalog.versions.filter(
  ({ source, id }) => source?.carrier !== undefined && !/^(settlement|admin|thirdparty)\//.test(id),
);

interface Fetched {
  readonly plan: ReadonlyMap<string, string>;
  readonly published: ReadonlyMap<string, JsonObject>;
}

let fetched: Fetched | undefined;
let failure = "";

beforeAll(async () => {
  try {
    fetched = await withCarriers(
      catalog.carriers,
      () => undefined,
      async (fetch) => {
        const published = new Map<string, JsonObject>();
        for (const { id, source } of untouched) {
          if (source?.carrier === undefined) continue;
          const bytes = await fetch(source.carrier, source.path);
          published.set(id, parseYaml(new TextDecoder().decode(bytes), id));
        }
        return { plan: await planSync(ROOT, catalog, fetch), published };
      },
    );
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
}, 60_000);

/** What was fetched; without it the test is skipped, and says why. */
function orSkip(skip: (note?: string) => never): Fetched {
  return fetched ?? skip(`the pinned packages could not be fetched: ${failure}`);
}

test("npm run specs:sync would change nothing", ({ skip }) => {
  const { plan } = orSkip(skip);
  expect([...plan].filter(([file, text]) => readText(ROOT, file) !== text).map(([file]) => file)).toEqual([]);
});

describe("the validators agree with ajv on the published document", () => {
  test.for(untouched)("$id", { timeout: 60_000 }, async (entry: CatalogEntry, { skip }) => {
    const document = orSkip(skip).published.get(entry.id) ?? expect.fail(`${entry.id} was not fetched`);
    // What generation makes: a validator for each component, under its name.
    const validators = (await import(`@mojaloop-versioning/types/${subpathOf(entry)}/validate`)) as Record<
      string,
      Validator<unknown>
    >;
    const bodyOf = createBodyArbitrary(document);
    const judgeOf = createJudge(document);
    for (const [name, validator] of Object.entries(validators)) {
      if (name === "validateBody") continue;
      const judge = judgeOf(name);
      const body = bodyOf(name);
      const agree = fc.property(
        fc.oneof(body, mutated(body)),
        (value) => validator(value).ok === judge(value),
      );
      fc.assert(agree, { numRuns: RUNS });
    }
  });
});
