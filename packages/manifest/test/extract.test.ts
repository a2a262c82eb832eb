import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isVersioningError } from "@mojaloop-versioning/protocol";
import { describe, expect, test } from "vitest";
import { readManifest, renderManifest, setDigest, shippedManifests } from "../src/index.ts";
import { extractFromChart, serviceOfMigrations, type ExtractOptions } from "../src/chart.ts";
import { readMigrations } from "../src/migrations.ts";
import { folderOf } from "./chart-folders.ts";

const fixture = (path: string): string => fileURLToPath(new URL(`./fixtures/${path}`, import.meta.url));
describe("an umbrella chart of API version v2", () => {
  const migrations = join(
    folderOf({
      "package.json": '{ "name": "@mojaloop/central-ledger" }',
      "migrations/100_colour.js":
        "exports.up = (knex) => knex.schema.createTable('colour', (t) => { t.increments('id'); t.string('name').notNullable() })",
      "migrations/200_shade.js":
        "exports.up = (knex) => knex.schema.alterTable('colour', (t) => { t.integer('shade').notNullable().defaultTo(0) })",
      "migrations/migration.template": "not one of them",
    }),
    "migrations",
  );
  const manifest = extractFromChart(fixture("umbrella-v2/mojaloop"), {
    releaseNote: fixture("umbrella-v2/note.md"),
    db: { "central-ledger": migrations },
  });

  test("its name, day and content: aliases, conditions, tags, charts of others", () => {
    expect(manifest.id).toBe("helm-90.1.0");
    expect(manifest.released).toEqual([{ value: "2031-02-09", source: "note", confidence: "stated" }]);
    expect(manifest.helm?.content).toMatchObject({
      subcharts: {
        centralledger: "90.1.0",
        quoting: "90.0.0",
        lookup: "90.3.0",
        "lookup.lookup-api": "90.3.1",
      },
      disabled: ["bulk", "redis"],
      external: { kafka: "kafka@1.2.3" },
      thirdPartyImages: ["docker.example.org:5000/tools/mysql-wait:1.0"],
    });
  });

  test("its images: the parent's values win, text stays text, what is off is said to be off", () => {
    expect(
      Object.fromEntries(
        Object.entries(manifest.services).map(([name, { image, enabledByDefault }]) => [
          name,
          [image, enabledByDefault],
        ]),
      ),
    ).toEqual({
      "central-ledger": ["mojaloop/central-ledger:v90.2.0", undefined],
      "quoting-service": ["mojaloop/quoting-service:v90.0.1", undefined],
      "account-lookup-service": ["mojaloop/account-lookup-service:v90.4.0", undefined],
      "event-sidecar": ["mojaloop/event-sidecar:v1.10", false],
      "bulk-api-adapter": ["mojaloop/bulk-api-adapter:v90.7.0", false],
    });
  });

  test("its resources: protocol_versions as JSON in a text, and as one version", () => {
    const resources = manifest.apis["fspiop"]?.resources;
    expect(resources?.["parties"]).toEqual({
      service: "account-lookup-service",
      accepts: ["1.0", "1.1", "2.0"],
      sends: "2.0",
      source: "values:account-lookup-service",
      confidence: "observed",
    });
    expect(resources?.["quotes"]).toMatchObject({ accepts: ["1.1"], sends: "1.1" });
    expect(resources).not.toHaveProperty("fxQuotes");
  });

  test("its database, from a folder of migrations", () => {
    const store = manifest.internal.db.stores["central-ledger"];
    expect(store?.migrations.map(({ name }) => name)).toEqual(["100_colour.js", "200_shade.js"]);
    expect(store?.setDigest).toBe(setDigest(["100_colour.js", "200_shade.js"]));
    expect(store?.migrations[1]?.effects).toEqual([
      {
        kind: "add-column",
        table: "colour",
        columns: ["shade"],
        type: "int",
        nullable: false,
        hasDefault: true,
      },
    ]);
    expect(serviceOfMigrations(migrations)).toBe("central-ledger");
  });

  test("what does not agree is found: appVersion, release note, resources", () => {
    expect(manifest.findings.map(({ field, declared, observed }) => [field, declared, observed])).toEqual([
      ["helm.appVersion.quoting-service", "v90.0.9", "v90.0.1"],
      ["helm.appVersion.central-ledger", "v90.1.0", "v90.2.0"],
      ["services.quoting-service", "90.0.2", "90.0.1"],
      ["apis.fspiop", "1.0, 1.1", "1.0, 1.1, 2.0"],
      ["apis.fspiop.resources.quotes", "1.1, 2.0", "1.1"],
      ["apis.fspiop.resources.bulkQuotes", "1.1, 2.0", "1.1"],
    ]);
    expect(manifest.infra["mysql"]?.value).toBe("8.0.32");
    expect(manifest.infra["kubernetes"]?.value).toBe("1.31");
  });

  test("it survives being written and read", () => {
    expect(readManifest(JSON.stringify(manifest), "m.json")).toEqual(manifest);
    expect(renderManifest(manifest)).toContain("quoting-service");
  });
});

test("an umbrella chart of API version v1, with requirements.yaml and nested charts", () => {
  const manifest = extractFromChart(fixture("umbrella-v1/mojaloop"), { released: "2019-12-24" });
  expect(manifest.services["central-ledger"]?.version).toBe("9.9.1");
  expect(manifest.helm?.content).toMatchObject({
    subcharts: { central: "9.8.0", "central.ledger": "9.8.1" },
    external: { "central.mysql": "mysql@1.0.1" },
  });
  expect(manifest.released[0]).toMatchObject({ value: "2019-12-24", source: "caller" });
});

const chart = (rest = ""): string => `apiVersion: v2\nname: mojaloop\nversion: 1.2.3\n${rest}`;
const values = "image:\n  repository: mojaloop/central-ledger\n  tag: v1.2.3\n";

test("a key that stands twice is noted with file and line, the last one counts, and strict refuses", () => {
  const folder = folderOf({ "Chart.yaml": chart(), "values.yaml": `${values}  tag: v1.2.4\n` });
  const manifest = extractFromChart(folder);
  expect(manifest.services["central-ledger"]?.version).toBe("1.2.4");
  expect(manifest.findings).toEqual([
    {
      field: "helm",
      observed: `${folder}/values.yaml:4: "tag"`,
      why: "the key stands twice; the last one counts",
    },
  ]);
  expect(() => extractFromChart(folder, { strict: true })).toThrow(
    `${folder}/values.yaml:4: "tag" stands twice`,
  );
});

test("images in a text of YAML count, unless a template fills them in", () => {
  const text = `${values}initContainers: |\n  - name: wait\n    image: solsson/kafka:2.8.1\n  - image: "{{ .Values.x }}:1"\n    command: ["sh"]\n`;
  const content = extractFromChart(folderOf({ "Chart.yaml": chart(), "values.yaml": text })).helm?.content;
  expect(content?.thirdPartyImages).toEqual(["solsson/kafka:2.8.1"]);
});

test("a subchart of another version than its parent asks for is noted", () => {
  const folder = folderOf({
    "Chart.yaml": chart("dependencies:\n  - name: sub\n    version: '>= 2.0.0'\n"),
    "values.yaml": values,
    "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.9.0\n",
  });
  expect(extractFromChart(folder).findings).toMatchObject([
    { field: "helm.subcharts.sub", declared: `>= 2.0.0 (${folder}/Chart.yaml:5)`, observed: "1.9.0" },
  ]);
});

test("a values file bears anchors, merges and keys like __proto__", () => {
  const text = `base: &base\n  repository: mojaloop/simulator\n__proto__:\n  polluted: "yes"\nimage:\n  <<: *base\n  tag: v3.0.0\n`;
  const folder = folderOf({ "Chart.yaml": chart(), "values.yaml": text });
  expect(extractFromChart(folder).services["simulator"]?.version).toBe("3.0.0");
  expect({}).not.toHaveProperty("polluted");
});

type BadRow = [files: Record<string, string>, options: ExtractOptions, message: string, why: string];

describe("bad input is named with file and line, and no manifest comes out", () => {
  test.each<BadRow>([
    [{}, {}, "Chart.yaml: no such file", "no chart"],
    [{ "Chart.yaml": "name: [", "values.yaml": values }, {}, "Chart.yaml:1:", "broken YAML"],
    [{ "Chart.yaml": "- a\n", "values.yaml": values }, {}, "Chart.yaml:1: is no map", "a list"],
    [
      { "Chart.yaml": "apiVersion: v2\nname: x\n", "values.yaml": values },
      {},
      'Chart.yaml:1: "version" is missing',
      "no version",
    ],
    [
      { "Chart.yaml": chart().replace("v2", "v3"), "values.yaml": values },
      {},
      "Chart.yaml:1: apiVersion",
      "an API version unknown",
    ],
    [{ "Chart.yaml": chart(), "values.yaml": "" }, {}, "values.yaml:1: is empty", "empty values"],
    [
      { "Chart.yaml": chart(), "values.yaml": "# nothing\n" },
      {},
      "values.yaml:1: is empty",
      "only a comment",
    ],
    [{ "Chart.yaml": chart() }, {}, "values.yaml:1: no such file", "no values"],
    [{ "Chart.yaml": chart(), "values.yaml": "a: 1\nb: [\n" }, {}, "values.yaml:3:", "broken values"],
    [
      { "Chart.yaml": chart(), "values.yaml": "a: *nowhere\n" },
      {},
      "values.yaml:1:",
      "an alias without anchor",
    ],
    [
      {
        "Chart.yaml": chart(
          "dependencies:\n  - name: a\n    version: 1.0.0\n  - name: b\n    version: 1.0.0\n    repository: file://../b\n",
        ),
        "values.yaml": values,
      },
      {},
      'Chart.yaml:5: the subchart "a" is neither',
      "a missing subchart",
    ],
    [
      { "Chart.yaml": chart("dependencies: none\n"), "values.yaml": values },
      {},
      "Chart.yaml:4: dependencies is no list",
      "no list",
    ],
    [
      { "Chart.yaml": chart("dependencies:\n  - version: 1.0.0\n"), "values.yaml": values },
      {},
      "Chart.yaml:5: a dependency needs a name",
      "no name",
    ],
    [
      {
        "Chart.yaml": chart(),
        "values.yaml": "image: mojaloop/quoting-service:v1.0.0\nconfig:\n  protocol_versions: '{ CONTENT'\n",
      },
      {},
      "values.yaml:3: protocol_versions is no JSON",
      "broken JSON inside YAML",
    ],
    [
      {
        "Chart.yaml": chart(),
        "values.yaml":
          'image: mojaloop/quoting-service:v1.0.0\nconfig:\n  protocol_versions: \'{ "CONTENT": "1" }\'\n',
      },
      {},
      "values.yaml:3: protocol_versions needs CONTENT",
      "a major is no version",
    ],
    [
      { "Chart.yaml": chart(), "values.yaml": values },
      { released: "2024-02-30" },
      '"2024-02-30" is no date',
      "an impossible date",
    ],
    [
      { "Chart.yaml": chart(), "values.yaml": values },
      { releaseNote: "/nowhere/note.md" },
      "/nowhere/note.md: cannot be read",
      "no note",
    ],
    [
      { "Chart.yaml": chart(), "values.yaml": values },
      { db: { x: "/nowhere" } },
      "/nowhere: no such folder",
      "no migrations",
    ],
  ])("%j: %s", (files, options, message) => {
    const folder = folderOf(files);
    const extract = () => extractFromChart(folder, options);
    expect(extract).toThrow(message);
    try {
      extract();
    } catch (error) {
      expect(isVersioningError(error, "unreadable-input")).toBe(true);
    }
  });

  test("a chart that contains itself", () => {
    const own = chart(
      "dependencies:\n  - name: mojaloop\n    alias: again\n    version: 1.2.3\n    repository: file://.\n",
    );
    expect(() => extractFromChart(folderOf({ "Chart.yaml": own, "values.yaml": values }))).toThrow(
      "contains itself",
    );
  });

  test("a folder of migrations without one, or with a file that is none", () => {
    expect(() => readMigrations(folderOf({ "a.txt": "" }))).toThrow("contains no migration");
    expect(() => readMigrations(folderOf({ "1.js": "module.exports = 1 // up" }))).toThrow(
      '1.js:1: no "up" function',
    );
    expect(() => serviceOfMigrations("/nowhere/migrations")).toThrow("of which service?");
  });

  test("a manifest with a misspelt member, a version that is none, a source that nobody explains", () => {
    const [first] = shippedManifests();
    const text = JSON.stringify(first, null, 1);
    expect(() => readManifest(text.replace('"services"', '"servces"'), "m.json")).toThrow(
      /m\.json:\d+: .*servces/s,
    );
    expect(() => readManifest(text.replace('"1.1"', '"01.1"'), "m.json")).toThrow(
      /m\.json:\d+: apis\.settlement\.declared\.0\.value\.0/,
    );
    expect(() => readManifest(text.replace('"2020-05-15"', '"2020-02-30"'), "m.json")).toThrow(
      /m\.json:\d+: released\.0\.value is no date/,
    );
    expect(() => readManifest(text.replace('"slides":', '"slide":'), "m.json")).toThrow(
      '"slides" is not among the manifest\'s sources',
    );
    expect(() => readManifest(`${text}{`, "m.json")).toThrow(/^m\.json:\d+:\d+: /);
    expect(() => readManifest('{"id": 1, "id": 2}', "m.json")).toThrow('m.json:1: the key "id" stands twice');
  });
});
