import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { isVersioningError } from "@mojaloop-versioning/protocol";
import { describe, expect, test } from "vitest";
import type { Manifest } from "../src/index.ts";
import { extractFromChart, readReleaseNote } from "../src/chart.ts";
import { archiveOf, folderOf } from "./chart-folders.ts";

// Forms met in mojaloop/helm, each in a small chart of our own; the last column names the chart that writes it.

const UMBRELLA = "apiVersion: v2\nname: mojaloop\nversion: 1.2.3\n";
const SUB = "apiVersion: v2\nname: sub\nversion: 2.0.0\n";
const NAME = "image:\n  repository: mojaloop/central-ledger\n";

function extracted(values: string, more: Readonly<Record<string, string | Uint8Array>> = {}): Manifest {
  return extractFromChart(folderOf({ "Chart.yaml": UMBRELLA, "values.yaml": values, ...more }));
}

const images = ({ services }: Manifest): string[] => Object.values(services).map(({ image }) => image);

type ImageRow = [values: string, image: string, where: string];

test.each<ImageRow>([
  [
    "api:\n  disabled: false\n  image:\n    name: mojaloop/connection-manager-api\n    version: v3.1.2\n",
    "mojaloop/connection-manager-api:v3.1.2",
    "connection-manager",
  ],
  [
    "global:\n  iamImage: mojaloop/ml-iam-services:v0.1.2\n",
    "mojaloop/ml-iam-services:v0.1.2",
    "mojaloop-iam",
  ],
  [
    "image:\n  registry: docker.io\n  repository: mojaloop/central-ledger\n  tag: v19.7.4\n",
    "mojaloop/central-ledger:v19.7.4",
    "centralledger from 15.x on",
  ],
  [
    `initContainers: |\n  - name: migrate\n    image: '{{ .Values.image.repository }}:{{ .Values.image.tag }}'\n${NAME}  tag: v19.0.0\n`,
    "mojaloop/central-ledger:v19.0.0",
    "als-msisdn-oracle",
  ],
  [
    "base: &probes\n  probe: 1\nadapter:\n  image: &image\n    repository: mojaloop/sdk-scheme-adapter\n    tag: v23.4.0\n  <<: *probes\n  probe: 2\n",
    "mojaloop/sdk-scheme-adapter:v23.4.0",
    "mojaloop-simulator",
  ],
  [
    `inbound: &in\n# nothing\noutbound: *in\n${NAME}  tag: v1.0\n`,
    "mojaloop/central-ledger:v1.0",
    "mojaloop-simulator",
  ],
  ["image: mojaloop/simulator:v12.2.5@sha256:00ff\n", "mojaloop/simulator:v12.2.5", "a pinned digest"],
  [`${NAME}  tag: v10.4.1.2.1-patch\n`, "mojaloop/central-ledger:v10.4.1.2.1-patch", "a tag of five parts"],
  [
    "image: registry.example.org:5000/mojaloop/simulator:v1.0.0\n",
    "registry.example.org:5000/mojaloop/simulator:v1.0.0",
    "a mirror",
  ],
])("%j runs %s: %s", (values, image) => {
  const manifest = extracted(values);
  expect(images(manifest)).toEqual([image]);
  expect(manifest.findings).toEqual([]);
});

test("another version of a service is found once, however many parts run it (ml-api-adapter bumps its sidecar's tag with its own)", () => {
  const sidecar = (name: string, tag: string): string =>
    `${name}:\n  sidecar:\n    enabled: true\n    image:\n      repository: mojaloop/event-sidecar\n      tag: ${tag}\n`;
  const values = ["v14.2.3", "v16.10.1", "v16.10.1"].map((tag, i) => sidecar(`part${i}`, tag)).join("");
  const { services, findings } = extracted(values);
  expect(services["event-sidecar"]?.version).toBe("14.2.3");
  expect(findings).toMatchObject([
    { field: "services.event-sidecar", declared: "mojaloop/event-sidecar:v14.2.3" },
  ]);
  expect(findings[0]?.observed).toMatch(
    /^mojaloop\/event-sidecar:v16\.10\.1 \(.*values\.yaml:12 and 1 more\)$/,
  );
});

test("a part that says disabled: true is off, as one that says enabled: false", () => {
  const manifest = extracted(
    "ui:\n  disabled: true\n  image:\n    name: mojaloop/connection-manager-ui\n    version: v1.10.0\n",
  );
  expect(manifest.services["connection-manager-ui"]?.enabledByDefault).toBe(false);
});

type OpenRow = [values: string, says: string, why: string];

test.each<OpenRow>([
  [
    `${NAME}  tag: ""\n`,
    "perhaps with its appVersion v9.9.9",
    "merchant-registry-svc: the default is the chart's appVersion",
  ],
  [`${NAME}  tag: "{{ .Chart.AppVersion }}"\n`, "the values name no tag", "a template decides"],
  [`${NAME}  digest: sha256:00ff\n`, "the values name no tag", "a digest alone is no version"],
  ["image: mojaloop/central-ledger\n", "the values name no tag", "a text without a tag"],
])("%j is a finding, not a guess: %s", (values, says) => {
  const manifest = extractFromChart(
    folderOf({ "Chart.yaml": `${UMBRELLA}appVersion: v9.9.9\n`, "values.yaml": values }),
  );
  expect(manifest.services).toEqual({});
  expect(manifest.findings).toMatchObject([{ field: "services.central-ledger" }]);
  expect(manifest.findings[0]?.why).toContain(says);
});

describe("protocol_versions", () => {
  const quoting = "image: mojaloop/quoting-service:v17.12.0\nconfig:\n  protocol_versions: ";
  const parties = (manifest: Manifest) => manifest.apis["fspiop"]?.resources["quotes"];

  test.each([
    [
      `{"CONTENT": {"DEFAULT": "2.0", "VALIDATELIST": ["1", "1.0", "1.1", "2", "2.0"]}}\n`,
      ["1.0", "1.1", "2.0"],
      "2.0",
    ],
    [
      `|-\n    {\n      "CONTENT": { "DEFAULT": "1.1", "VALIDATELIST": ["1", "1.0", "1.1"] }\n    }\n`,
      ["1.0", "1.1"],
      "1.1",
    ],
    [`\n    CONTENT: "1.0"\n    ACCEPT:\n      DEFAULT: "1"\n`, ["1.0"], "1.0"],
  ])(
    "%j: a flow map (17.x), JSON in a text (14.x), a version alone (11.x); majors are no versions",
    (text, accepts, sends) => {
      expect(parties(extracted(quoting + text))).toMatchObject({ accepts, sends });
    },
  );

  test("the API and the handler of a service are set apart: what is on goes first, what differs is found", () => {
    const part = (name: string): string => SUB.replace("sub", name);
    const values = (version: string): string =>
      `image: mojaloop/quoting-service:v1.0.0\nconfig:\n  protocol_versions: { "CONTENT": "${version}" }\n`;
    const listed = ["old", "api", "handler"]
      .map((name) => `  - name: ${name}\n    version: 2.0.0\n    condition: ${name}.enabled\n`)
      .join("");
    const manifest = extractFromChart(
      folderOf({
        "Chart.yaml": `${UMBRELLA}dependencies:\n${listed}`,
        "values.yaml": "old:\n  enabled: false\n",
        "charts/old/Chart.yaml": part("old"),
        "charts/old/values.yaml": values("1.0"),
        "charts/api/Chart.yaml": part("api"),
        "charts/api/values.yaml": values("2.0"),
        "charts/handler/Chart.yaml": part("handler"),
        "charts/handler/values.yaml": values("1.1"),
      }),
    );
    expect(parties(manifest)?.sends).toBe("2.0");
    expect(manifest.findings).toMatchObject([
      {
        declared: "api.config.protocol_versions accepts 2.0; sends 2.0",
        observed: "handler.config.protocol_versions accepts 1.1; sends 1.1",
      },
    ]);
  });

  test("a service that answers for resources, without a setting, is a finding (before 13.x)", () => {
    expect(extracted("image: mojaloop/ml-api-adapter:v11.1.2\n").findings).toMatchObject([
      { field: "apis.fspiop.resources", observed: "ml-api-adapter" },
    ]);
  });
});

describe("dependencies", () => {
  const asks = (rest: string): string => `dependencies:\n  - name: sub\n    version: ">= 1.0.0"\n${rest}`;
  const values = "top: 1\nsub:\n  enabled: false\n";
  const sub = { "charts/sub/Chart.yaml": SUB, "charts/sub/values.yaml": `${NAME}  tag: v2.0.0\n` };

  test("a misspelt condition has no effect, and is named (finance-portal in 10.4.0: condtion)", () => {
    const manifest = extracted(values, {
      ...sub,
      "Chart.yaml": `apiVersion: v1\nname: mojaloop\nversion: 1.2.3\n`,
      "requirements.yaml": asks("    condtion: sub.enabled\n"),
    });
    expect(manifest.services["central-ledger"]?.enabledByDefault).toBeUndefined();
    expect(manifest.findings).toMatchObject([{ field: "helm.subcharts.sub" }]);
    expect(manifest.findings[0]?.observed).toMatch(/requirements\.yaml:2: "condtion"$/);
  });

  test("a chart without an API version is v1 (charts of Helm 2)", () => {
    const manifest = extracted(values, {
      ...sub,
      "Chart.yaml": "name: mojaloop\nversion: 1.2.3\n",
      "requirements.yaml": asks("    condition: sub.enabled\n"),
    });
    expect(manifest.helm?.content?.disabled).toEqual(["sub"]);
  });

  test("a chart in charts/ that nobody asked for is taken along, as Helm does; one set aside is not", () => {
    const manifest = extracted("top: 1\n", {
      ...sub,
      "charts/_old/Chart.yaml": SUB,
      "charts/README.md": "no chart",
    });
    expect(manifest.helm?.content?.subcharts).toEqual({ sub: "2.0.0" });
    expect(images(manifest)).toEqual(["mojaloop/central-ledger:v2.0.0"]);
  });

  test("a folder that links back to its parent is refused, not followed for ever", () => {
    const folder = folderOf({ "Chart.yaml": UMBRELLA, "values.yaml": "top: 1\n", "charts/README.md": "" });
    symlinkSync("..", join(folder, "charts/again"));
    expect(() => extractFromChart(folder)).toThrow("subcharts lie deeper than 12; a chart contains itself");
  });

  test("a range that the lock file settled (inter-scheme-proxy-adapter asks for common >= 3.1.3)", () => {
    const chart = `${UMBRELLA}dependencies:\n  - name: common\n    version: ">= 3.1.3"\n    repository: https://charts.example.org\n    tags: [moja-common]\n`;
    const lock = (version: string): string =>
      `dependencies:\n- name: common\n  repository: x\n  version: ${version}\n`;
    const external = (version: string) =>
      extracted("top: 1\n", { "Chart.yaml": chart, "Chart.lock": lock(version) }).helm?.content?.external;
    expect(external("3.1.6")).toEqual({ common: "common@3.1.6" });
    expect(external("2.0.0")).toEqual({ common: "common@>= 3.1.3" });
  });

  test("globals: a parent's own, what it says of its subchart's, and the subchart's, the first wins", () => {
    const manifest = extracted("global:\n  a: 1\nsub:\n  global:\n    iamImage: mojaloop/iam:v2.0.0\n", {
      "charts/sub/Chart.yaml": SUB,
      "charts/sub/values.yaml": "global:\n  iamImage: mojaloop/iam:v1.0.0\n",
    });
    expect(images(manifest)).toEqual(["mojaloop/iam:v2.0.0"]);
  });
});

describe("values of one's own, over the chart's, as helm -f takes them", () => {
  const chart = {
    "Chart.yaml": `${UMBRELLA}dependencies:\n  - name: sub\n    version: 2.0.0\n    condition: sub.enabled\n    tags: [extra]\n`,
    "values.yaml": "sub:\n  enabled: false\n",
    "charts/sub/Chart.yaml": SUB,
    "charts/sub/values.yaml": `${NAME}  tag: v2.0.0\nconfig:\n  a: 1\n`,
  };

  test("the last file is strongest; null takes a key away; keys that stand twice are noted there, too", () => {
    const folder = folderOf({
      ...chart,
      "site.yaml": "sub:\n  enabled: null\n  image:\n    tag: v2.0.1\ntags:\n  extra: true\n",
      "hot.yaml": "sub:\n  image:\n    tag: v2.0.9\n    tag: v2.0.2\n",
      "empty.yaml": "# nothing\n",
    });
    const values = ["site.yaml", "hot.yaml", "empty.yaml"].map((name) => join(folder, name));
    const manifest = extractFromChart(folder, { values });
    expect(manifest.services["central-ledger"]).toEqual({
      version: "2.0.2",
      image: "mojaloop/central-ledger:v2.0.2",
      source: "chart",
      confidence: "observed",
    });
    expect(manifest.sources["chart"]).toBe(
      "the chart mojaloop 1.2.3 with the values of site.yaml, hot.yaml, empty.yaml",
    );
    expect(manifest.findings).toMatchObject([{ observed: `${folder}/hot.yaml:4: "tag"` }]);
  });

  test.each([
    ["- a\n", "own.yaml:1: is no map of keys"],
    ["a: [\n", "own.yaml:2:"],
    [undefined, "own.yaml: cannot be read"],
  ])("%j is named: %s", (text, says) => {
    const folder = folderOf({ ...chart, ...(text !== undefined && { "own.yaml": text }) });
    expect(() => extractFromChart(folder, { values: [join(folder, "own.yaml")] })).toThrow(says);
  });
});

describe("a packaged chart", () => {
  const long = `mojaloop/charts/${"x".repeat(90)}/Chart.yaml`;
  const inner = archiveOf({ "sub/Chart.yaml": SUB, "sub/values.yaml": `${NAME}  tag: v2.0.0\n` });
  const files = {
    "mojaloop/Chart.yaml": `${UMBRELLA}dependencies:\n  - name: sub\n    version: 2.0.0\n    repository: file://../sub\n`,
    "mojaloop/values.yaml": "sub:\n  image:\n    tag: v2.0.1\n",
    "mojaloop/templates/_helpers.tpl": "{{/* not read */}}",
    [long]: SUB.replace("name: sub", "name: long"),
    "mojaloop/charts/sub-2.0.0.tgz": inner,
  };

  test("of helm pull: nested archives, long names, no file beside it", () => {
    const manifest = extractFromChart(
      join(folderOf({ "mojaloop-1.2.3.tgz": archiveOf(files) }), "mojaloop-1.2.3.tgz"),
    );
    expect(images(manifest)).toEqual(["mojaloop/central-ledger:v2.0.1"]);
    expect(manifest.helm?.content?.subcharts).toEqual({ sub: "2.0.0", long: "2.0.0" });
  });

  test("in charts/ of a clone, after helm dependency update: it goes before the folder that file:// names", () => {
    const folder = folderOf({
      "mojaloop/Chart.yaml": files["mojaloop/Chart.yaml"],
      "mojaloop/values.yaml": "top: 1\n",
      "mojaloop/charts/sub-2.0.0.tgz": inner,
      "sub/Chart.yaml": SUB.replace("2.0.0", "2.1.0"),
      "sub/values.yaml": `${NAME}  tag: v2.1.0\n`,
    });
    expect(images(extractFromChart(join(folder, "mojaloop")))).toEqual(["mojaloop/central-ledger:v2.0.0"]);
  });

  test("its faults are named with archive, file and line", () => {
    const broken = { ...files, "mojaloop/values.yaml": "a: [\n" };
    const file = join(folderOf({ "m.tgz": archiveOf(broken) }), "m.tgz");
    expect(() => extractFromChart(`${file}.tgz`)).toThrow("m.tgz.tgz: no such file");
    expect(() => extractFromChart(file)).toThrow(/m\.tgz!mojaloop\/values\.yaml:2:/);
    writeFileSync(file, "not an archive");
    expect(() => extractFromChart(file)).toThrow(/m\.tgz: is no archive that can be read/);
    writeFileSync(file, archiveOf(files).subarray(0, 200));
    expect(() => extractFromChart(file)).toThrow(/m\.tgz: is no archive that can be read/);
    writeFileSync(file, archiveOf({ "readme.md": "x" }));
    expect(() => extractFromChart(file)).toThrow("holds no Chart.yaml, so it is no packaged chart");
  });
});

test("an archive that breaks off is refused with its name, wherever it does", () => {
  const whole = gunzipSync(
    archiveOf({ "m/Chart.yaml": UMBRELLA, "m/values.yaml": `${NAME}  tag: v1.0.0\n` }),
  );
  const folder = folderOf({});
  const file = join(folder, "m.tgz");
  const outcomes = Array.from({ length: whole.length / 64 }, (_, i) => {
    writeFileSync(file, gzipSync(whole.subarray(0, i * 64)));
    try {
      return extractFromChart(file).id;
    } catch (error) {
      return isVersioningError(error, "unreadable-input") && error.message.startsWith(file);
    }
  });
  expect(new Set(outcomes)).toEqual(new Set([true, "helm-1.2.3"]));
});

type NoteRow = [line: string, services: Record<string, string>, where: string];

test.each<NoteRow>([
  ["1. ml-api-adapter: **v14.0.0**", { "ml-api-adapter": "14.0.0" }, "15.0.0"],
  ["4. quoting-service: v14.0.0 -> **15.0.2**", { "quoting-service": "15.0.2" }, "14.0.0: without its v"],
  ["11. finance-portal-ui: **v10.4.3** _(DEPRECATED)_", { "finance-portal-ui": "10.4.3" }, "15.0.0"],
  [
    '18. ml-ory-iam-services:  ->    ["v0.1.1"](https://x/"v0.1.1")    ([Compare](https://x/...))',
    { "ml-ory-iam-services": "0.1.1" },
    "17.2.0: a quoted version",
  ],
  [
    "25. merchant-acquirer-backend: [1.0.1](https://x/1.0.1)",
    { "merchant-acquirer-backend": "1.0.1" },
    "17.2.0",
  ],
  ["1. ml-api-adapter - https://x/v14.0.0", {}, "14.0.0, section 4: a link, no version"],
  ["1. **mojaloop/#2719:** post quotes fails", {}, "a fix is no service"],
])("the line %j of a release note says %j: %s", (line, services) => {
  expect(readReleaseNote(line).services).toEqual(services);
});

test("the day of a release note is that of the revision called a release; of a draft alone, that of the draft", () => {
  const table = "Date | Revision | Description\n---------|----------|---------\n";
  const draft = "2024-02-06 | 0 | Initial draft\n";
  expect(readReleaseNote(`${table}${draft}2024-03-13 | 0 | Initial release\n`).date).toBe("2024-03-13");
  expect(readReleaseNote(table + draft).date).toBe("2024-02-06");
});
