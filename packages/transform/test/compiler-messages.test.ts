import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

// The text that an author reads first after a mistake. Every row is one declaration, compiled as a user's file would be.
type Row = [mistake: string, declaration: string, firstLine: string];
const quotes = 'resource: "quotes", from: "1.1", to: "2.0", operation: "POST /quotes"';
const settlements = 'resource: "settlements", from: "1.1", to: "2.0", operation: "POST /settlements"';
const settled = '"/converter": "drop", "/currencyConversion": "drop"';
const down = 'down: { lose: { "/settlementModel": "drop" } }';
const rows: readonly Row[] = [
  [
    "a forgotten disposal",
    `defineChange({ id: "x", ${quotes}, down: { lose: { "/converter": "drop" } } })`,
    `Type '"x"' is not assignable to type '"settle /currencyConversion in down.lose"'.`,
  ],
  [
    "a forgotten direction",
    `defineChange({ id: "x", ${settlements}, ${down} })`,
    `Type '"x"' is not assignable to type '"settle /settlementModel in up.fill"'.`,
  ],
  [
    "a component's forgotten pointer",
    `defineComponentChange({ id: "x", api: "fspiop", component: "Party", from: "1.1", to: "2.0" })`,
    `Type '"x"' is not assignable to type '"settle /supportedCurrencies in down.lose"'.`,
  ],
  [
    "an operation that the older version lacks",
    `defineChange({ id: "x", resource: "transfers", from: "1.0", to: "1.1", operation: "PATCH /transfers/{ID}" })`,
    `Type '"x"' is not assignable to type '"set down.refuse: the older version does not have this operation"'.`,
  ],
  [
    "versions that are no neighbours",
    `defineChange({ id: "x", resource: "quotes", from: "1.0", to: "2.0", operation: "POST /quotes" })`,
    `Type '"2.0"' is not assignable to type '"1.1"'.`,
  ],
  [
    "a component between versions that are no neighbours",
    `defineComponentChange({ id: "x", api: "fspiop", from: "1.0", to: "2.0", component: "Party" })`,
    `Type '"2.0"' is not assignable to type '"1.1"'.`,
  ],
  [
    "a misspelt resource",
    `defineChange({ id: "x", resource: "quote", from: "1.1", to: "2.0", operation: "POST /quotes" })`,
    `Type '"quote"' is not assignable to type 'ResourceName'. Did you mean '"quotes"'?`,
  ],
  [
    "a wrong operation",
    `defineChange({ id: "x", resource: "quotes", from: "1.1", to: "2.0", operation: "PATCH /quotes/{ID}" })`,
    `Did you mean '"PUT /quotes/{ID}"'?`,
  ],
  [
    "a pointer without its slash",
    `defineChange({ id: "x", ${quotes}, down: { lose: { converter: "drop", "/currencyConversion": "drop" } } })`,
    `Did you mean to write '/converter'?`,
  ],
  [
    "a pointer that needs no settling",
    `defineChange({ id: "x", ${quotes}, down: { lose: { ${settled}, "/note": "drop" } } })`,
    `Object literal may only specify known properties, and '"/note"' does not exist in type '{ readonly "/`,
  ],
  [
    "a misspelt disposal",
    `defineChange({ id: "x", ${quotes}, down: { lose: { "/converter": "drop", "/currencyConversion": "delete" } } })`,
    `Type '"delete"' is not assignable to type 'Disposal | undefined'.`,
  ],
  [
    "sources that can all be without a value",
    `defineChange({ id: "x", ${settlements}, up: { fill: { "/settlementModel": [{ lookup: "m" }] } }, ${down} })`,
    `RefuseOrValue<string>]'.`,
  ],
  [
    "a value of a wrong type",
    `defineChange({ id: "x", ${settlements}, up: { fill: { "/settlementModel": [{ value: 7 }] } }, ${down} })`,
    `Type 'number' is not assignable to type 'string'.`,
  ],
  [
    "an unknown error code",
    `defineChange({ id: "x", ${settlements}, up: { fill: { "/settlementModel": [{ refuse: "9999" }] } }, ${down} })`,
    `Type '"9999"' is not assignable to type '"1000" | "1001"`,
  ],
  [
    "a rename of a member that both versions have",
    `defineChange({ id: "x", ${quotes}, rename: { "/note": "remark" }, down: { lose: { ${settled} } } })`,
    `Type '"x"' is not assignable to type '"correct rename /note: the newer version has this pointer, too"'.`,
  ],
];

const root = resolve(import.meta.dirname, "..");
const file = resolve(root, "test/mistakes.ts");
const lines = [
  `import { defineChange, defineComponentChange } from "../src/index.ts";`,
  ...rows.map(([, declaration]) => declaration.replace('id: "x"', 'title: "t", because: "b", id: "x"')),
];

function firstLines(): Map<number, string> {
  const { config } = ts.readConfigFile(resolve(root, "../../tsconfig.base.json"), (name) =>
    readFileSync(name, "utf8"),
  ) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  host.readFile = (name) => (resolve(name) === file ? lines.join("\n") : read(name));
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => resolve(name) === file || exists(name);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    resolve(name) === file
      ? ts.createSourceFile(name, lines.join("\n"), ts.ScriptTarget.ESNext, true)
      : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], { ...options, noEmit: true }, host);
  const found = new Map<number, string>();
  for (const { start = 0, file: source, messageText } of program.getSemanticDiagnostics(
    program.getSourceFile(file),
  )) {
    const line = source?.getLineAndCharacterOfPosition(start).line ?? 0;
    const [first = ""] = ts.flattenDiagnosticMessageText(messageText, "\n").split("\n");
    if (!found.has(line)) found.set(line, first);
  }
  return found;
}

const messages = firstLines();

test.each(rows.map((row, i) => [...row, i + 1] as const))("%s", (_mistake, _declaration, expected, line) => {
  expect(messages.get(line)).toContain(expected);
});
