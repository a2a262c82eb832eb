import { describe, expect, test } from "vitest";
import { isVersioningError } from "@mojaloop-versioning/protocol";
import { createRegistry, fspiopChanges, type Change } from "../src/index.ts";

// Changes are plain data, so a registry must find every mistake that the compiler finds in a declaration. Each message names the change,
// the key, and what is allowed there.
const valid = {
  ...{
    id: "x",
    title: "t",
    because: "b",
    resource: "things",
    from: "1.0",
    to: "2.0",
    operation: "POST /things",
  },
} as const;
const party = {
  ...{ id: "x", title: "t", because: "b", api: "fspiop", component: "Party", from: "1.1", to: "2.0" },
} as const;
const quotes = { ...valid, resource: "quotes", from: "1.1", operation: "POST /quotes" } as const;
const source = { refuse: "3100" } as const;

type Row = [mistake: string, change: object, message: string];
const rows: readonly Row[] = [
  ["no id", { ...valid, id: undefined }, 'a change has no "id"'],
  ["no title", { ...valid, title: undefined }, "change x: title is missing; it must be a text"],
  ["no reason", { ...valid, because: "" }, 'change x: because is ""; it must be a text'],
  ["no resource", { ...valid, resource: undefined }, "change x: resource is missing"],
  [
    "an operation without a path",
    { ...valid, operation: "POST" },
    'change x: operation is "POST"; it must be a method and a path',
  ],
  [
    "a version as a number",
    { ...valid, from: 1.1 },
    "change x: from is 1.1; it must be a version such as 1.1",
  ],
  ["a wrong version", { ...valid, to: "v2" }, 'change x: to is "v2"; it must be a version'],
  [
    "a change to an older version",
    { ...valid, from: "2.0", to: "1.0" },
    'change x: from must be older than "to"',
  ],
  ["an unknown key", { ...valid, upp: {} }, "change x: upp is unknown; known are id, from"],
  [
    "an unknown key of a direction",
    { ...valid, up: { drop: {} } },
    "change x: up.drop is unknown; known are fill, lose",
  ],
  [
    "needs without a path",
    { ...valid, needs: ["quotes"] },
    'change x: needs is ["quotes"]; it must be a list of operations',
  ],
  [
    "a pointer without its slash in fill",
    { ...valid, up: { fill: { quoteId: [source] } } },
    'change x: up.fill has the key "quoteId"; a pointer begins with "/", such as "/quoteId"',
  ],
  [
    "a pointer without its slash in lose",
    { ...valid, down: { lose: { quoteId: "drop" } } },
    'change x: down.lose has the key "quoteId"; a pointer begins with "/"',
  ],
  [
    "a pointer without its slash in rename",
    { ...valid, rename: { a: "b" } },
    'change x: rename has the key "a"',
  ],
  [
    "a wrong escape",
    { ...valid, down: { lose: { "/a~2": "drop" } } },
    'change x: down.lose has the key "/a~2"',
  ],
  [
    "a path as a new name",
    { ...valid, rename: { "/a": "/b" } },
    'change x: rename["/a"] is "/b"; it must be the new name',
  ],
  [
    "a move to no pointer",
    { ...valid, move: { "/a": "b" } },
    'change x: move["/a"] is "b"; it must be a pointer such as "/amount"',
  ],
  [
    "a move out of its array item",
    { ...valid, move: { "/a/*/b": "/c" } },
    "both pointers must be equal up to the last *",
  ],
  [
    "values that are no pairs",
    { ...valid, enumMap: { "/a": ["A", "B"] } },
    'change x: enumMap["/a"] is ["A","B"]; it must be a list of pairs',
  ],
  [
    "a misspelt disposal",
    { ...valid, down: { lose: { "/a": "delete" } } },
    'change x: down.lose["/a"] is delete; it must be "drop"',
  ],
  [
    "a refusal without a message",
    { ...valid, down: { lose: { "/a": { refuse: "3100" } } } },
    'down.lose["/a"].message is missing',
  ],
  [
    "no sources",
    { ...valid, up: { fill: { "/a": [] } } },
    'change x: up.fill["/a"] is []; it must be a list of sources',
  ],
  [
    "an unknown source",
    { ...valid, up: { fill: { "/a": [{ drive: 1 }, source] } } },
    'up.fill["/a"][0].drive is unknown',
  ],
  [
    "two sources in one",
    { ...valid, up: { fill: { "/a": [{ lookup: "a", ids: true }, source] } } },
    "must have exactly one of derive",
  ],
  [
    "a derive that is no function",
    { ...valid, up: { fill: { "/a": [{ derive: "a" }, source] } } },
    'derive is "a"; it must be a function',
  ],
  [
    "sources without an end",
    { ...valid, up: { fill: { "/a": [{ lookup: "a" }] } } },
    "must end with { refuse } or { value }",
  ],
  [
    "a source after the end",
    { ...valid, up: { fill: { "/a": [source, { lookup: "a" }] } } },
    "always applies, so it must be the last source",
  ],
  [
    "an unknown error code",
    { ...valid, up: { refuse: "9999" } },
    'change x: up.refuse is "9999"; it must be an FSPIOP error code',
  ],
  [
    "a refusal with rules",
    { ...valid, up: { refuse: "3002", fill: {} } },
    "refuses every message, so fill and lose must be absent",
  ],
  [
    "an unknown disposition",
    { ...valid, up: { refuse: "3002", disposition: "drop" } },
    'change x: up.disposition is "drop"',
  ],
  ["half a map", { ...valid, map: { up: () => 1 } }, "change x: map.down is missing; it must be a function"],
  [
    "a header's wrong source",
    { ...valid, headers: { newer: { "X-A": [{ lookup: "a" }] } } },
    'headers.newer["X-A"] must end with',
  ],
  [
    "an operation and a component",
    { ...party, resource: "parties" },
    "change x: resource must be absent in a change of a component",
  ],
  [
    "an operation that the step lacks",
    { ...quotes, operation: "PATCH /quotes/{ID}" },
    "quotes 1.1 to 2.0 has POST /quotes",
  ],
  [
    "versions that are no neighbours",
    { ...quotes, from: "1.0", down: { lose: { "/converter": "drop" } } },
    "change x: to is 2.0, but 1.1 lies between 1.0 and 2.0; declare 1.0 to 1.1 and 1.1 to 2.0",
  ],
  [
    "a component between no neighbours",
    { ...party, from: "1.0" },
    "fspiop has no step from 1.0 to 2.0; it has 1.0 to 1.1, 1.1 to 2.0",
  ],
  ["an unknown component", { ...party, component: "Patry" }, "component is Patry, which has no difference"],
  [
    "a component of an unknown API",
    { ...party, api: "fspop" },
    'api is "fspop", of which the registry has no comparison; it has fspiop',
  ],
  [
    "the id of another change",
    { ...quotes, id: "party/supported-currencies" },
    "id is that of another change, too",
  ],
  ["a comparison without steps", { id: "x", residue: {} }, "change x: residue must be a residue table"],
];

describe("createRegistry refuses", () => {
  test.each(rows)("%s", (_mistake, change, message) => {
    let error: unknown;
    try {
      createRegistry([...fspiopChanges, change as Change]); // the mistake under test
    } catch (caught) {
      error = caught;
    }
    expect(isVersioningError(error, "invalid-change") ? error.message : error).toContain(message);
  });
});

test("createRegistry accepts what the rows above are variations of", () => {
  const accepted: readonly object[] = [valid, { ...quotes, id: "y", headers: { newer: { "X-A": [] } } }];
  expect(() => createRegistry([...fspiopChanges, ...(accepted as readonly Change[])])).not.toThrow(); // plain data
});
