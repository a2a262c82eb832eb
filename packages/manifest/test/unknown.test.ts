import { describe, expect, test } from "vitest";
import {
  bump,
  canTalk,
  migrationDigest,
  renderPath,
  renderUpgrade,
  upgradeCheck,
  upgradePath,
  type Coverage,
  type Manifest,
  type Migration,
} from "../src/index.ts";
import { knexEffects } from "../src/migrations.ts";

const stated = { source: "test", confidence: "stated" } as const;
const migration = (name: string, up: string): Migration => {
  const text = `exports.up = (knex) => ${up}`;
  return { name, digest: migrationDigest(text), effects: knexEffects(text) };
};
const first = migration(
  "1.js",
  "knex.schema.createTable('a', (t) => { t.increments('id'); t.string('x', 10) })",
);
const second = migration("2.js", "knex.schema.alterTable('a', (t) => { t.string('x', 20).alter() })");

// A release of which every fact is known that a verdict depends on.
function release(helm: string, migrations: readonly Migration[]): Manifest {
  return {
    manifestVersion: 1,
    id: `helm-${helm}`,
    mojaloopVersion: [{ value: "5.0", ...stated }],
    released: [{ value: "2030-01-01", ...stated }],
    apis: Object.fromEntries(
      ["fspiop", "settlement", "admin"].map((api) => [
        api,
        {
          declared: [{ value: ["1.1"], ...stated }],
          observed: [{ value: ["1.1"], ...stated }],
          resources: {
            quotes: { service: "quoting-service", accepts: ["1.1"], sends: "1.1", ...stated },
          },
        },
      ]),
    ),
    helm: {
      chart: "mojaloop",
      version: [{ value: helm, ...stated }],
      content: { subcharts: {}, disabled: [], external: {}, thirdPartyImages: [], ...stated },
    },
    services: {
      "central-ledger": { version: helm, image: `mojaloop/central-ledger:v${helm}`, ...stated },
    },
    internal: {
      db: {
        declared: [{ value: "1.0", ...stated }],
        stores: { "central-ledger": { engine: "mysql/knex", migrations, complete: true, ...stated } },
      },
      messaging: {
        declared: [{ value: "1.0", ...stated }],
        libraries: { "central-ledger": { versions: { stream: "11.0.0" }, ...stated } },
      },
    },
    infra: {},
    findings: [],
    sources: { test: "this test" },
  };
}

const before = release("20.0.0", [first]);
const after = release("20.1.0", [first, second]);

/** Members to change in a copy of a manifest: a path, and its new value; without one it is removed. */
type Change = readonly [path: string, value?: unknown];

function changed(manifest: Manifest, ...changes: readonly Change[]): Manifest {
  const copy = structuredClone(manifest);
  for (const [path, value] of changes) {
    const steps = path.split("/");
    const last = steps.pop() ?? "";
    const parent = steps.reduce<unknown>((node, step) => Reflect.get(Object(node) as object, step), copy);
    if (value === undefined) Reflect.deleteProperty(Object(parent) as object, last);
    else Reflect.set(Object(parent) as object, last, value);
  }
  return copy;
}

const other = (version: string) => ({ version, image: `mojaloop/other:v${version}`, ...stated });

const UPGRADE: [fact: string, changes: Change[]][] = [
  ["the Helm version", [["helm/version", []]]],
  ["the helm entry", [["helm"]]],
  ["the content of the chart", [["helm/content"]]],
  ["the resources", [["apis/fspiop/resources", {}]]],
  ["the API", [["apis/fspiop"]]],
  ["the database", [["internal/db/stores/central-ledger"]]],
  ["the rest of the list of migrations", [["internal/db/stores/central-ledger/complete", false]]],
  ["the messaging libraries", [["internal/messaging/libraries", {}]]],
];

describe("upgrade check and path: a removed fact makes the verdict unknown", () => {
  test("with every fact the verdict is rolling", () => {
    expect(upgradeCheck(before, after)).toMatchObject({ verdict: "rolling" });
  });

  test.each(UPGRADE)("%s, on either side", (_, changes) => {
    for (const check of [
      upgradeCheck(changed(before, ...changes), after),
      upgradeCheck(before, changed(after, ...changes)),
    ]) {
      expect(check.verdict).toBe("unknown");
      const text = renderUpgrade(check);
      expect(text).not.toMatch(/: rolling|no findings|no migration runs|0 blocking/);
      expect(text).toContain("to find out:");
    }
  });

  test("the text of a migration that will run", () => {
    const unread = release("20.1.0", [first, { name: "2.js" }]);
    expect(upgradeCheck(before, unread).verdict).toBe("unknown");
  });

  test("the text of the migration that created the altered column", () => {
    const unread = release("20.0.0", [{ name: "1.js" }]);
    expect(upgradeCheck(unread, after).verdict).toBe("unknown");
  });

  test("whether a service that moved has a database", () => {
    const older = changed(before, ["services/other", other("1.0.0")]);
    expect(upgradeCheck(older, changed(after, ["services/other", other("2.0.0")])).verdict).toBe("unknown");
    // The same image runs the same migrations.
    expect(upgradeCheck(older, changed(after, ["services/other", other("1.0.0")])).verdict).toBe("rolling");
  });

  test("the messaging libraries of one service", () => {
    const sidecar: Change = ["services/event-sidecar", other("1.0.0")];
    const libraries: Change = [
      "internal/messaging/libraries/event-sidecar",
      { versions: { stream: "11.0.0" }, ...stated },
    ];
    expect(
      upgradeCheck(changed(before, sidecar, libraries), changed(after, sidecar, libraries)).verdict,
    ).toBe("rolling");
    expect(upgradeCheck(changed(before, sidecar, libraries), changed(after, sidecar)).verdict).toBe(
      "unknown",
    );
  });

  test("a path over an unknown hop is unknown", () => {
    const unknown = changed(after, ["helm/content"]);
    expect(renderPath(upgradePath([], before, unknown))).toContain("helm-20.0.0 to helm-20.1.0: unknown");
  });
});

describe("bump: a version that is not stated makes the step unknown", () => {
  test("with every fact the step is a hotfix", () => {
    expect(bump(before, after).level).toBe("hotfix");
  });

  test.each(["fspiop", "settlement", "admin"])("%s, on either side", (api) => {
    expect(bump(changed(before, [`apis/${api}`]), after).level).toBe("unknown");
    expect(bump(before, changed(after, [`apis/${api}`])).level).toBe("unknown");
  });

  test.each<[fact: string, change: Change]>([
    ["the DB schema", ["internal/db/declared", []]],
    ["internal messaging", ["internal/messaging/declared", []]],
    ["Helm", ["helm"]],
  ])("%s, where nothing else moves", (_, change) => {
    expect(bump(before, before).level).toBe("none");
    expect(bump(before, changed(before, change)).level).toBe("unknown");
  });
});

describe("can-talk: a removed fact makes the verdict unknown", () => {
  const options = { resources: ["quotes"] };
  const coverage: Coverage = ["1.1", "2.0"].flatMap((from) =>
    ["1.1", "2.0"].map((to) => ({ resource: "quotes", from, to, class: "lossless" })),
  );

  test("with every fact it is direct", () => {
    expect(canTalk(before, "1.1", "1.1", options).verdict).toBe("direct");
    expect(canTalk(before, "1.1", "2.0", { ...options, coverage }).verdict).toBe("adapter");
  });

  test("the hub's versions", () => {
    const silent = changed(before, ["apis/fspiop/resources", {}], ["apis/fspiop/declared", []]);
    expect(canTalk(silent, "1.1", "1.1", options).verdict).toBe("unknown");
    expect(canTalk(changed(before, ["apis/fspiop"]), "1.1", "1.1", options).verdict).toBe("unknown");
  });

  test("one resource of the hub, where others are known", () => {
    expect(canTalk(before, "1.1", "1.1", { resources: ["transfers"] }).verdict).toBe("unknown");
  });

  test("a participant's versions", () => {
    expect(canTalk(before, { versions: {} }, "1.1", options).verdict).toBe("unknown");
    expect(canTalk(before, "1.1", { versions: {} }, options).verdict).toBe("unknown");
    expect(canTalk(before, "1.1", { versions: { quotes: [] } }, options).verdict).toBe("no"); // known: none
  });

  test("the coverage of the conversions", () => {
    expect(canTalk(before, "1.1", "2.0", options).verdict).toBe("unknown");
  });
});
