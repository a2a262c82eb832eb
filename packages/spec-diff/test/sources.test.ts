import { describe, expect, test } from "vitest";
import { diffSpecs, readSpec, readSpecFiles, renderGithub, renderSarif } from "../src/index.ts";

const yaml = (required: string): string => `openapi: 3.0.3
info: { title: Things, version: "1.0" }
paths:
  /things:
    post:
      requestBody:
        content:
          application/json:
            schema: &thing
              type: object
              properties:
                id: { type: string }
              required: ${required}
      responses: {}
  /others:
    post:
      requestBody: { content: { application/json: { schema: *thing } } }
      responses: {}
`;

describe("places", () => {
  const [base, revision] = [readSpec(yaml("[]"), "a.yaml"), readSpec(yaml("[id]"), "b.yaml")];
  const result = diffSpecs(base.document, revision.document, { sources: { base, revision } });

  test("a finding has line and column on both sides", () => {
    expect(result.findings[0]).toMatchObject({
      basePosition: { file: "a.yaml", line: 12, column: 17 },
      revisionPosition: { file: "b.yaml", line: 12, column: 17 },
    });
  });

  test("annotations and SARIF point at the line", () => {
    expect(renderGithub(result)).toContain("::error file=b.yaml,line=12,col=17,title=");
    const sarif = JSON.parse(renderSarif(result)) as {
      version: string;
      runs: { results: object[]; tool: { driver: { rules: object[] } } }[];
    }; // the part that is looked at
    expect(sarif.version).toBe("2.1.0");
    expect(sarif.runs[0]?.results[0]).toMatchObject({
      ruleId: "request-property-became-required",
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "b.yaml" },
            region: { startLine: 12, startColumn: 17 },
          },
        },
      ],
      partialFingerprints: { "mojaver/v1": result.findings[0]?.fingerprint },
    });
  });

  test("JSON has lines too, and an alias leads to what it names", () => {
    const json = readSpec(JSON.stringify(base.document, null, 2), "a.json");
    const at = json.locate("#/paths/~1things/post/requestBody/content/application~1json/schema/required");
    expect(json.document).toEqual(base.document);
    expect(at).toEqual({ file: "a.json", line: 20, column: 17 });
    expect(
      base.locate("#/paths/~1others/post/requestBody/content/application~1json/schema/required"),
    ).toEqual({
      file: "a.yaml",
      line: 13,
      column: 15,
    });
  });
});

test("a path written twice is a warning, in YAML, in JSON and under another parameter name", () => {
  const twice = `openapi: 3.0.3
paths:
  /a: { get: { responses: {} } }
  /a: { get: { responses: {} } }
`;
  const json = '{"openapi":"3.0.3","paths":{"/a":{"get":{}},"/a":{"get":{}}}}';
  const renamed = '{"openapi":"3.0.3","paths":{"/a/{x}":{"get":{}},"/a/{y}":{"get":{}}}}';
  for (const text of [twice, json, renamed]) {
    const revision = readSpec(text, "it");
    const { findings } = diffSpecs(revision.document, revision.document, { sources: { revision } });
    expect(findings).toMatchObject([{ id: "api-path-duplicated", level: "warn" }]);
  }
});

test("the size that counts is that of the document with its aliases written out", () => {
  const alias = (count: number): string =>
    `openapi: 3.0.3\npaths: {}\nx-a: &a [1]\nx-list: [${Array.from({ length: count }, () => "*a").join(", ")}]\n`;
  expect(readSpec(alias(5000), "many.yaml").document).toMatchObject({ openapi: "3.0.3" });
  const lines = Array.from({ length: 10 }, (_, i) =>
    i === 0
      ? "a0: &a0 [x, x]"
      : `a${String(i)}: &a${String(i)} [${Array(9)
          .fill(`*a${String(i - 1)}`)
          .join(", ")}]`,
  );
  expect(() => readSpec(lines.join("\n"), "bomb.yaml")).toThrow(/bomb\.yaml:\d+:\d+: aliases make more than/);
  expect(() => readSpec("a: &a { b: *a }", "circle.yaml")).toThrow(/aliases make more than/);
});

describe("documents of several files", () => {
  const files: Record<string, string> = {
    "api/main.yaml": `openapi: 3.0.3
paths:
  /things: { $ref: paths/things.yaml }
components: { schemas: { Id: { type: string, maxLength: 9 } } }
`,
    "api/paths/things.yaml": `post:
  requestBody: { content: { application/json: { schema: { $ref: "../thing.yaml#/Thing" } } } }
  responses: {}
`,
    "api/thing.yaml": `Thing: { type: object, properties: { id: { $ref: "main.yaml#/components/schemas/Id" }, next: { $ref: "#/Thing" } } }
`,
  };
  const read = (path: string): string => {
    const text = files[path];
    if (text === undefined) throw new Error(`no file ${path}`);
    return text;
  };

  test("references are followed from file to file and back", () => {
    const base = readSpecFiles({ main: "api/main.yaml", read });
    const shorter = new Map(Object.entries(files)).set(
      "api/main.yaml",
      (files["api/main.yaml"] ?? "").replace("9", "5"),
    );
    const revision = readSpecFiles({
      main: "api/main.yaml",
      read: (path) => shorter.get(path) ?? "",
    });
    const { findings } = diffSpecs(base.document, revision.document, { sources: { base, revision } });
    expect(findings).toMatchObject([
      {
        id: "request-property-max-length-decreased",
        revisionPosition: { file: "api/main.yaml", line: 4 },
      },
    ]);
    expect(base.locate("#/x-files/api~1thing.yaml/Thing/properties/id")).toMatchObject({
      file: "api/thing.yaml",
      line: 1,
    });
  });

  test.each<[ref: string, why: RegExp]>([
    ["../../etc/passwd", /outside of the folder/],
    ["/etc/passwd", /only files in the folder/],
    ["https://example.com/a.yaml", /only files in the folder/],
  ])("%s is refused", (ref, why) => {
    const main = `openapi: 3.0.3\npaths: { /a: { $ref: "${ref}" } }\n`;
    expect(() => readSpecFiles({ main: "api/main.yaml", read: () => main })).toThrow(why);
  });
});
