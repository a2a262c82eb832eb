import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { run } from "../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "mojaver-specs-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function mojaver(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const code = await run(words, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    readIn: () => Promise.resolve(""),
    colour: false,
    today: "2026-11-21",
  });
  return { code, out, err };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const api = (required: string): string => `
openapi: 3.0.3
info: { title: Things, version: "1.0" }
paths:
  /things:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { id: { type: string } }, required: ${required} }
      responses: { 202: { description: Accepted } }
`;
const loose = file("loose.yaml", api("[]"));
const strict = file("strict.yaml", api("[id]"));

test("list names every version that ships, its resources and corrections", async () => {
  const { out, code } = await mojaver("specs", "list");
  expect(code).toBe(0);
  for (const id of ["fspiop/1.0", "fspiop/1.1", "fspiop/2.0", "settlement/2.0", "admin/1.0"])
    expect(out).toContain(`${id}  `);
  const entries: unknown = JSON.parse((await mojaver("specs", "list", "--json")).out);
  expect(entries).toContainEqual(expect.objectContaining({ id: "fspiop/1.1", version: "1.1" }));
});

describe("diff of the catalogue", () => {
  test("fspiop/1.1 to fspiop/2.0 names the breaks and the next version of each resource", async () => {
    const { out, code } = await mojaver("specs", "diff", "fspiop/1.1", "fspiop/2.0");
    expect(code).toBe(1);
    expect(out).toContain("old → new: ok · new → old: breaks");
    expect(out).toContain("#/components/schemas/CorrelationId/pattern");
    expect(out).toMatch(/^quotes +1\.1 +2\.0 +2\.0 +major +receivers first$/m);
    expect(out).toMatch(/endpoint-added +13/);
  });

  test("the quoteId proposal makes only transfers 2.0", async () => {
    const { out, code } = await mojaver("specs", "diff", "fspiop/1.1", "proposals/transfer-quote-id");
    expect(code).toBe(1);
    expect(out).toContain("quoteId: required member added");
    expect(out).toMatch(/^transfers +1\.1 +2\.0 +2\.0 +major +senders first$/m);
    expect(out).toContain("unchanged: participants, parties");
  });

  test("the order of upgrades covers all versions in support", async () => {
    const { out } = await mojaver("specs", "diff", "fspiop/1.1", "fspiop/2.0", "--support", "fspiop/1.0");
    expect(out).toContain("in support together: fspiop/1.0, fspiop/1.1, fspiop/2.0");
  });
});

type Row = [words: string[], code: number, says: string, why: string];

test.each<Row>([
  [[loose, strict], 1, "id: member became required", "an error is at the default limit"],
  [[strict, loose], 0, "request-property-became-optional", "nothing at the limit"],
  [[strict, loose, "--fail-on", "info"], 1, "became-optional", "a stricter limit"],
  [[loose, strict, "--fail-on", "none"], 0, "became required", "no limit"],
  [[loose, loose], 0, "no change", "the same"],
  [[loose, strict, "--format", "markdown"], 1, "| error |", "markdown"],
  [[loose, strict, "--format", "html"], 1, "<!doctype html>", "one file"],
  [[loose, strict, "--format", "github"], 1, "line=11,col=", "annotations"],
  [[loose, strict, "--format", "sarif"], 1, '"startLine": 11', "code scanning"],
  [[loose, strict, "--path", "/other*"], 0, "no change", "a filter of paths"],
  [[loose, strict, "--except-path", "/things"], 0, "no change", "a filter of paths to leave out"],
  [[loose, strict, "--tag", "payments"], 0, "no change", "a filter of tags"],
  [[loose, strict, "--format", "junit"], 1, "<testsuite ", "junit"],
  [["--schema"], 0, "2020-12", "the schema of --json"],
])("diff %j exits with %i and prints %s: %s", async (words, code, says) => {
  const answer = await mojaver("specs", "diff", ...words);
  expect(answer).toMatchObject({ code, err: "" });
  expect(answer.out).toContain(says);
});

const bomb = ["a: &a [x, x, x, x]"]
  .concat(
    Array.from(
      "bcdefgh",
      (name, i) =>
        `${name}: &${name} [${Array(9)
          .fill(`*${"abcdefgh"[i] ?? ""}`)
          .join(", ")}]`,
    ),
  )
  .join("\n");

test.each<Row>([
  [[loose], 2, "two documents are needed", "usage"],
  [[loose, strict, "--format", "pdf"], 2, "Allowed choices", "usage"],
  [[loose, "nowhere.yaml"], 3, "nowhere.yaml: no such file", "no file"],
  [["fspiop/9.9", loose], 3, "mojaver specs list", "no such id"],
  [[loose, "nowhere:api.yaml"], 3, "nowhere:api.yaml: git does not have it", "no such revision"],
  [[loose, "--output=x:y"], 2, "two documents", "an option is not a document"],
  [[loose, file("swagger.yaml", "swagger: '2.0'\n")], 3, "swagger.yaml: #/swagger: Swagger", "Swagger 2.0"],
  [[loose, file("other.yaml", "hello: world\n")], 3, "other.yaml: not an OpenAPI document", "not OpenAPI"],
  [[loose, file("broken.yaml", "openapi: 3.0.0\n\tpaths: {}\n")], 3, "broken.yaml:2:1: Tabs", "not YAML"],
  [[loose, file("bomb.yaml", bomb)], 3, "bomb.yaml:2:8: aliases make more than", "an alias bomb"],
  [
    [loose, file("big.yaml", `openapi: 3.0.3\n${"# padding\n".repeat(1_000_000)}`)],
    3,
    "big.yaml:1:1: the document has 10.0 million",
    "10 MB",
  ],
  [
    [
      loose,
      file(
        "dangling.yaml",
        "openapi: 3.0.3\npaths: {}\ncomponents: { schemas: { A: { $ref: '#/components/schemas/B' } } }",
      ),
    ],
    3,
    "dangling.yaml: #/components/schemas/A/$ref: #/components/schemas/B: the $ref has no target",
    "a dangling $ref",
  ],
  [
    [
      loose,
      file(
        "circle.yaml",
        "openapi: 3.0.3\npaths: {}\ncomponents: { schemas: { A: { $ref: '#/components/schemas/A' } } }",
      ),
    ],
    3,
    "circle.yaml: #/components/schemas/A/$ref: #/components/schemas/A: the $ref is circular",
    "a circle",
  ],
])("diff %j exits with %i and reports %s: %s", async (words, code, says) => {
  const answer = await mojaver("specs", "diff", ...words);
  expect(answer).toMatchObject({ code, out: "" });
  expect(answer.err).toContain(says);
  expect(answer.err.trimEnd().split("\n").length).toBeLessThanOrEqual(code === 3 ? 1 : 2);
});

test("an ignore list takes findings away and is checked", async () => {
  const entry = {
    id: "request-property-became-required",
    path: "/things",
    reason: "agreed",
    expires: "2026-12-31",
  };
  const list = file("ignore.json", JSON.stringify([entry]));
  expect(await mojaver("specs", "diff", loose, strict, "--ignore", list)).toMatchObject({ code: 0 });
  const wrong = file("wrong.json", JSON.stringify([{ ...entry, id: "nonsense" }]));
  expect(await mojaver("specs", "diff", loose, strict, "--ignore", wrong)).toMatchObject({
    code: 2,
    out: "",
  });
});

test("severities lower the exit code, not the version", async () => {
  const levels = file("levels.yaml", "'*-became-required': warn\n");
  const { code, out } = await mojaver("specs", "diff", loose, strict, "--severity", levels);
  expect(code).toBe(0);
  expect(out).toContain("no error, but a major version is needed");
  const wrong = file("wrong-levels.yaml", "'*-became-required': loud\n");
  expect(await mojaver("specs", "diff", loose, strict, "--severity", wrong)).toMatchObject({ code: 2 });
});

test("changelog prints what an integrator must know", async () => {
  const { code, out } = await mojaver("specs", "changelog", loose, strict);
  expect(code).toBe(0);
  expect(out).toContain("## Breaking changes\n\n- id: member became required");
  expect(out).toContain("refused: `POST /things: /id is missing in {}`");
});

test("a document can be at a URL", async () => {
  const server = createServer((request, response) => {
    if (request.url === "/api.yaml") response.end(api("[id]"));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo; // a server that listens on a port
    const base = `http://127.0.0.1:${String(port)}`;
    expect(await mojaver("specs", "diff", loose, `${base}/api.yaml`)).toMatchObject({ code: 1 });
    const { code, err } = await mojaver("specs", "diff", loose, `${base}/nothing.yaml`);
    expect(code).toBe(3);
    expect(err).toContain("/nothing.yaml: cannot be read (the server answers 404)");
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

test("a document can have several files, all in its folder", async () => {
  const part = (required: string): string =>
    `Thing: { type: object, properties: { id: { type: string } }, required: ${required} }\n`;
  const main = (ref: string): string => api("[]").replace(/schema: .*/, `schema: { $ref: "${ref}" }`);
  for (const [name, required] of [
    ["before", "[]"],
    ["after", "[id]"],
  ] as const) {
    mkdirSync(join(folder, name, "parts"), { recursive: true });
    file(`${name}/parts/thing.yaml`, part(required));
    file(`${name}/api.yaml`, main("./parts/thing.yaml#/Thing"));
  }
  const [before, after] = [join(folder, "before", "api.yaml"), join(folder, "after", "api.yaml")];
  const { code, out } = await mojaver("specs", "diff", before, after);
  expect(code).toBe(1);
  expect(out).toContain("/after/parts/thing.yaml:1:38  parts/thing.yaml#/Thing/properties/id");
  const outside = file("after/outside.yaml", main("../loose.yaml#/paths"));
  expect(await mojaver("specs", "diff", before, outside)).toMatchObject({
    code: 3,
    err: expect.stringContaining("the file is outside of the folder") as string,
  });
  const linked = join(folder, "after", "parts", "linked.yaml");
  symlinkSync(join(folder, "loose.yaml"), linked);
  file("after/linking.yaml", main("./parts/linked.yaml#/paths"));
  expect(await mojaver("specs", "diff", before, join(folder, "after", "linking.yaml"))).toMatchObject({
    code: 3,
    err: expect.stringContaining("leads out of the folder") as string,
  });
});

test("a document can be one of a git revision", async () => {
  const git = (...words: string[]): void => {
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...words], {
      cwd: folder,
      stdio: "pipe",
    });
  };
  mkdirSync(join(folder, "api"), { recursive: true });
  git("init", "-q");
  file("api/it.yaml", api("[]"));
  git("add", "api");
  git("commit", "-qm", "first");
  const changed = file("api/it.yaml", api("[id]"));
  const cwd = process.cwd();
  process.chdir(folder);
  try {
    const { code, out } = await mojaver("specs", "diff", "HEAD:api/it.yaml", changed);
    expect(code).toBe(1);
    expect(out).toContain("HEAD:api/it.yaml → ");
  } finally {
    process.chdir(cwd);
  }
});

test("what is written with --output is the rendering", async () => {
  const target = join(folder, "out.html");
  expect(await mojaver("specs", "diff", loose, strict, "--format", "html", "--output", target)).toMatchObject(
    { code: 1, out: "" },
  );
  expect(readFileSync(target, "utf8")).toContain("member became required");
});
