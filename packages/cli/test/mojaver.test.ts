import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readManifest } from "@mojaloop-versioning/manifest";
import { afterAll, expect, test } from "vitest";
import { run } from "../src/index.ts";

async function mojaver(args: string, input = "") {
  let out = "";
  let err = "";
  const code = await run(args === "" ? [] : args.split(" "), {
    out: (text) => (out += text),
    err: (text) => (err += text),
    readIn: () => Promise.resolve(input),
    colour: false,
    today: "2025-02-10",
  });
  return { code, out, err };
}

const folder = mkdtempSync(join(tmpdir(), "mojaver-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("mojaver alone shows, with its command, the question a newcomer has (issue 8)", async () => {
  const { code, out } = await mojaver("");
  expect(code).toBe(0);
  const command = /pay one on 2\.0 through a hub on Helm 17\.0\.0\?\n\s+\$ mojaver (.+)/.exec(out)?.[1];
  const answer = await mojaver(command ?? "");
  expect(answer.out).toMatch(/^Through helm-17\.0\.0: only with the adapter; conversion at worst: lossy\n/);
  expect(answer.code).toBe(0);
});

type Row = [args: string, code: number, says: string, why: string];

test.each<Row>([
  ["manifest show 1.0", 0, "10.1.0 (slides), 9.1.0 (draft)", "both seeds"],
  ["manifest show 17.0.0 --full", 0, "PROTOCOL_VERSIONS", "sources are shown"],
  ["manifest list", 0, "helm-17.1.0", "what ships"],
  ["manifest diff 17.0.0 17.1.0", 0, "services.central-ledger", "a service moved"],
  ["manifest verify 17.0.0", 1, "apis.fspiop.resources.transactionRequests", "declared and observed part"],
  ["manifest verify 17.0.0 --fail-on never", 0, "apis.fspiop", "asked not to fail"],
  ["manifest verify 1.1", 0, "agree", "nothing to find"],
  ["bump example-1.0 example-2.0", 0, "v2.0", "the seed's example"],
  [
    "upgrade check 16.0.0 17.0.0",
    1,
    "310403_participantPositionChange-participantCurrencyId.js",
    "the failure of the field",
  ],
  ["upgrade check 16.0.0 17.0.0 --fail-on never", 0, "19.13.0", "asked not to fail"],
  ["upgrade check 13.1.1 16.0.0", 4, "unknown: 1 fact is missing", "the chart of 16.0.0 is not known"],
  ["upgrade path 16.0.0 17.1.0", 1, "mojaloop/project#4382", "a report of the field blocks"],
  ["bump 16.0.0 17.0.0", 0, "major", "what the services accept is a new major"],
  ["can-talk --hub 17.0.0 --payer 1 --payee v1.1", 0, "yes", "a major alone, and a v"],
  ["upgrade check 13.1.1 16.0.0 --fail-on stops-rolling", 1, "Kafka", "a stricter limit"],
  ["upgrade check central-ledger@v8.8.2 central-ledger@v9.3.0", 1, "mojaloop/project#1255", "one service"],
  ["upgrade path 13.1.1 17.1.0", 1, "14.x", "majors without a manifest are named; 17.1.0 is blocked"],
  ["can-talk --hub 17.0.0 --payer 1.1 --payee 2.0 --fail-on adapter", 1, "adapter", "a stricter limit"],
  [
    "can-talk --hub 16.0.0 --payer 2.0 --payee 2.0 --resources fxQuotes",
    1,
    "no",
    "the hub does not serve it",
  ],
  [
    "support status 16.0.0 --on 2025-03-20",
    1,
    "16.0.0 is out of support since 2025-03-13 (policy: lts",
    "the ladder is the default",
  ],
  [
    "support status 17.1.0 --on 2026-11-24",
    1,
    "Supported on 2026-11-24: 17.2.0, 17.3.0",
    "what is supported instead",
  ],
  ["support status 16.0.0 --policy year-per-major --on 2025-03-12", 0, "(1 day left)", "the last day"],
  ["support gaps --policy year-per-major", 0, "2025-03-13 to 2025-03-25: 12 days", "to the day"],
  ["support calendar --policy year-per-major --format svg", 0, "<svg", "a picture"],
  ["support calendar --policy year-per-major --format nodejs", 0, '"end": "2025-03-13"', "schedule.json"],
  ["support policies", 0, "source:", "with their sources"],
  ["tags newest central-ledger --line 19", 0, "v19.8.3\nv19.3.0", "of the manifests"],
  [
    "skew central-ledger@10.0.1 ml-api-adapter@10.1.0",
    4,
    "has no tag v10.0.1",
    "the question of the proposal: that version was never released",
  ],
  ["skew central-ledger@9.5.2 central-ledger@10.1.0", 0, "have the same", "one set of migrations"],
  ["completion bash", 0, "complete -F _mojaver mojaver", "a script"],
  ["completion fish", 0, "-a can-talk", "a script"],
  ["--help", 0, "can-talk", "help is no error"],
  ["upgrade check --help", 0, "$ mojaver upgrade check 16.0.0 17.0.0", "help teaches by example"],
])("%s exits with %i and says %s: %s", async (args, code, says) => {
  const answer = await mojaver(args);
  expect(answer).toMatchObject({ code, err: "" });
  expect(answer.out).toContain(says);
});

test.each<Row>([
  ["nonsense", 2, "unknown command 'nonsense'", "usage"],
  ["can-talk --hub 17.0.0", 2, "--payer", "usage"],
  ["upgrade check 16.0.0", 2, "missing required argument 'to'", "usage"],
  ["upgrade path 17.0.0 16.0.0", 2, "not newer", "usage"],
  ["manifest show 9.9.9", 3, 'no manifest of "9.9.9"; known are', "unknown version"],
  ["support status 17.0.0 --on 2024-02-30", 3, '"2024-02-30" is no date', "impossible date"],
  ["support status 17.0.0 --policy nobodys", 3, "known are lts, current, year-per-major", "unknown policy"],
  [
    "can-talk --hub 17.0.0 --payer 1.1 --payee 2.0 --resources x",
    3,
    "known are participants",
    "unknown resource",
  ],
  ["can-talk --hub 17.0.0 --payer 3.0 --payee 1.1", 3, 'no FSPIOP API "3.0"', "unknown API version"],
  ["bump 1.0 /nowhere.tgz", 3, "/nowhere.tgz: no such file", "no package"],
  ["manifest extract --chart /nowhere", 3, "/nowhere/Chart.yaml: no such file", "no chart"],
])("%s exits with %i and complains %s: %s", async (args, code, says) => {
  const answer = await mojaver(args);
  expect(answer).toMatchObject({ code, out: "" });
  expect(answer.err).toContain(says);
});

test("a chart's manifest is extracted, read again, and judged", async () => {
  writeFileSync(join(folder, "Chart.yaml"), "apiVersion: v2\nname: mojaloop\nversion: 99.0.0\n");
  writeFileSync(join(folder, "values.yaml"), "image: mojaloop/central-ledger:v20.0.0\n");
  const { code, out } = await mojaver(`manifest extract --chart ${folder}`);
  expect(code).toBe(0);
  const file = join(folder, "mine.json");
  writeFileSync(file, out);
  expect(readManifest(out, file).services["central-ledger"]?.version).toBe("20.0.0");
  const judged = await mojaver(`upgrade check 17.1.0 ${file}`);
  expect(judged.out).toContain("no migrations of central-ledger in helm-99.0.0");
  // A chart stands for its manifest.
  expect(await mojaver(`upgrade check 17.1.0 ${folder}`)).toEqual(judged);
  writeFileSync(join(folder, "values.yaml"), "image: [\n");
  expect(await mojaver(`manifest extract --chart ${folder}`)).toMatchObject({ code: 3, out: "" });
});

test("terms and days of one's own come from files; what the commands print is their form", async () => {
  const [releases, policy] = [join(folder, "releases.json"), join(folder, "lts.yaml")];
  writeFileSync(releases, (await mojaver("support releases --json")).out);
  const own = (command: string) => mojaver(`${command} --releases ${releases}`);
  expect(await own("support gaps --policy year-per-major")).toEqual(
    await mojaver("support gaps --policy year-per-major"),
  );
  writeFileSync(
    releases,
    '[{ "version": "1.0.0", "date": "2030-01-31" }, { "version": "2.0.0", "date": "2030-03-10" }]',
  );
  writeFileSync(
    policy,
    'id: lts\ntitle: Ours\nsource: our board\nconfidence: stated\nline: major\nrungs: [{ from: "2030-01-01", months: 1 }]\n',
  );
  expect((await own(`support gaps --policy ${policy}`)).out).toBe(
    "2030-02-28 to 2030-03-10: 10 days, after 1 and before 2\n",
  );
  expect((await own(`support status 1.0.0 --on 2030-03-01 --policy ${policy}`)).code).toBe(1);
});

test("tags come from standard input too", async () => {
  const list = "v10.4.2\nv10.4.1.10-patch\nv10.4.1.2-patch\nv10.4.1-snapshot\n";
  expect((await mojaver("tags newest x --line 10.4.1 --from -", list)).out).toBe(
    "v10.4.1.10-patch\nv10.4.1.2-patch\n",
  );
  expect((await mojaver("tags sort", list)).out).toBe(
    "v10.4.1-snapshot\nv10.4.1.2-patch\nv10.4.1.10-patch\nv10.4.2\n",
  );
  expect((await mojaver("tags newest x --line 11 --from -", list)).code).toBe(1);
});

test.each([
  ["manifest show 17.0.0 --json"],
  ["manifest verify 17.0.0 --json"],
  ["bump 1.0 1.1 --json"],
  ["can-talk --hub 17.0.0 --payer 1.1 --payee 2.0 --json"],
  ["upgrade check 16.0.0 17.0.0 --json"],
  ["upgrade path 13.1.1 16.0.0 --json"],
  ["support gaps --json"],
  ["tags newest central-ledger --json"],
])("%s prints JSON and nothing else", async (args) => {
  const { out, err } = await mojaver(args);
  expect(err).toBe("");
  expect(typeof JSON.parse(out)).toBe("object");
});
