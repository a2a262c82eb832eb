import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { readText, reducedPath } from "../specs/catalog.ts";
import { formatYaml, type JsonObject, parseYaml, valueAt } from "../specs/document.ts";
import { ROOT } from "./workspace.ts";

// The maintainer's flow of specs/README.md, on a copy of the repository: two invented versions are dropped in, what is listed as
// unsettled is pasted into a file of changes, and the second run finds nothing open and no error of the compiler.
let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "specs-flow-"));
  const isSource = (path: string): boolean => !/\/(node_modules|dist|\.nx|\.test-report\.json)$/.test(path);
  for (const part of [
    "specs",
    "tools/specs",
    "packages/types",
    "packages/transform",
    "packages/protocol",
    "packages/spec-diff",
  ]) {
    cpSync(join(ROOT, part), join(root, part), { recursive: true, filter: isSource });
  }
  for (const part of ["package.json", "tsconfig.base.json", "tools/package.json"])
    cpSync(join(ROOT, part), join(root, part));
  // Libraries are those of the repository, packages those of the copy.
  const scope = "@mojaloop-versioning";
  mkdirSync(join(root, "node_modules", scope), { recursive: true });
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (name !== scope) symlinkSync(join(ROOT, "node_modules", name), join(root, "node_modules", name));
  }
  for (const name of ["types", "transform", "protocol", "spec-diff"]) {
    symlinkSync(join(root, "packages", name), join(root, "node_modules", scope, name));
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function objectAt(document: JsonObject, pointer: string): JsonObject {
  return valueAt(document, pointer) as JsonObject; // the committed document has these places
}

// 2.1: a new member, a narrowed enumeration, a new resource, a split component, a removed operation.
function invented2_1(): string {
  const document = parseYaml(readText(ROOT, reducedPath("fspiop/2.0")), "fspiop/2.0");
  const schemas = objectAt(document, "/components/schemas");
  objectAt(document, "/components/schemas/TransfersPostRequest/properties")["remark"] = {
    type: "string",
    maxLength: 64,
  };
  const enumeration = objectAt(document, "/components/schemas/AuthenticationType")["enum"] as string[];
  objectAt(document, "/components/schemas/AuthenticationType")["enum"] = enumeration.filter(
    (value) => value !== "U2F",
  );
  const personal = objectAt(document, "/components/schemas/PartyPersonalInfo/properties");
  schemas["PartyKyc"] = { type: "object", properties: { kycInformation: personal["kycInformation"] ?? {} } };
  delete personal["kycInformation"];
  objectAt(document, "/components/schemas/Party/properties")["kyc"] = {
    $ref: "#/components/schemas/PartyKyc",
  };
  schemas["RemindersPostRequest"] = {
    type: "object",
    properties: { reminderId: { $ref: "#/components/schemas/CorrelationId" } },
  };
  const content = { "application/json": { schema: { $ref: "#/components/schemas/RemindersPostRequest" } } };
  objectAt(document, "/paths")["/reminders"] = {
    post: { requestBody: { content }, responses: { "202": { description: "Accepted" } } },
  };
  delete objectAt(document, "/paths/~1transfers~1{ID}")["patch"];
  return formatYaml(document);
}

// 3.0: a member of 2.1 becomes mandatory.
function invented3_0(): string {
  const document = parseYaml(invented2_1(), "fspiop/2.1");
  (objectAt(document, "/components/schemas/TransfersPostRequest")["required"] as string[]).push("remark");
  return formatYaml(document);
}

function update(id: string, file: string): { status: number | null; stdout: string; stderr: string } {
  const words = [
    "--conditions=@mojaloop-versioning/source",
    "--import=tsx",
    "tools/specs/main.ts",
    "update",
    id,
    file,
  ];
  return spawnSync(process.execPath, words, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: root },
  });
}

// Step 4 of specs/README.md.
function paste(version: string, stdout: string): void {
  const declarations = stdout.slice(stdout.indexOf("\ndefine")).trim();
  const name = `changes${version.replace(".", "_")}`;
  const folder = join(root, "packages/transform/src/fspiop");
  const functions = ["defineChange", "defineComponentChange", "defineNewResource"].filter((each) =>
    declarations.includes(`${each}(`),
  );
  const text = [
    `import type { Change } from "../declare/change.ts";`,
    `import { ${functions.join(", ")} } from "../declare/define-change.ts";`,
    `/** The changes of FSPIOP ${version}. */`,
    `export const ${name}: readonly Change[] = [\n${declarations}\n];`,
  ];
  writeFileSync(join(folder, `changes-${version}.ts`), `${text.join("\n")}\n`);
  const list = join(folder, "changes.ts");
  writeFileSync(
    list,
    `import { ${name} } from "./changes-${version}.ts";\n${readFileSync(list, "utf8").replace("];", `, ...${name}];`)}`,
  );
}

test(
  "invented versions of FSPIOP go from a file to declared changes that compile",
  () => {
    writeFileSync(join(root, "2.1.yaml"), invented2_1());
    const first = update("fspiop/2.1", "2.1.yaml");
    expect(first.stderr).toBe("");
    expect(first.status).toBe(1);
    for (const line of [
      "POST /transfers, transfers 3.0 → 2.0: /remark needs a disposal in down.lose",
      'AuthenticationType, fspiop 2.0 → 2.1: "" (the whole value) needs a source in up.fill',
      "Party, fspiop 2.1 → 2.0: /kyc needs a disposal in down.lose",
      "PartyPersonalInfo, fspiop 2.0 → 2.1: /kycInformation needs a disposal in up.lose",
      "PATCH /transfers/{ID}, transfers 2.0 → 3.0: the operation does not exist there; set up.refuse",
    ]) {
      expect(first.stdout).toContain(line);
    }
    // The first version of a new resource is 1.0 (API Definition 3.3): there is nothing to convert it from.
    expect(first.stdout).toContain("5 places are unsettled");
    paste("2.1", first.stdout);
    const second = update("fspiop/2.1", "2.1.yaml");
    expect({ stderr: second.stderr, stdout: second.stdout, status: second.status }).toMatchObject({
      stderr: "",
      status: 0,
    });

    writeFileSync(join(root, "3.0.yaml"), invented3_0());
    const third = update("fspiop/3.0", "3.0.yaml");
    expect(third.stdout).toContain("POST /transfers, transfers 3.0 → 4.0: /remark needs a source in up.fill");
    paste("3.0", third.stdout);
    const fourth = update("fspiop/3.0", "3.0.yaml");
    expect({ stderr: fourth.stderr, stdout: fourth.stdout, status: fourth.status }).toMatchObject({
      stderr: "",
      status: 0,
    });

    // The list was complete: no conversion is missing.
    const code = `import { createRegistry, fspiopChanges } from "@mojaloop-versioning/transform";
      console.log(createRegistry(fspiopChanges).coverage().filter((row) => row.class === "missing").length);`;
    writeFileSync(join(root, "coverage.ts"), code);
    const words = ["--conditions=@mojaloop-versioning/source", "--import=tsx", "coverage.ts"];
    expect(execFileSync(process.execPath, words, { cwd: root, encoding: "utf8" })).toBe("0\n");
  },
  // Four runs of the compiler and the generators: a minute and a half on an idle machine.
  600_000,
);
