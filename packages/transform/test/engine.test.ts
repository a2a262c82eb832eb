import type { ResidueTable } from "@mojaloop-versioning/types";
import { describe, expect, test } from "vitest";
import {
  createRegistry,
  fspiopChanges,
  type Change,
  type Conversion,
  type OperationChange,
} from "../src/index.ts";
import { deepFreeze } from "../src/testing.ts";

// A registry takes any data of the right shape: here an API of our own, so that each settlement stands alone.
const change = (id: string, rest: Partial<OperationChange>): OperationChange => ({
  id,
  resource: "things",
  from: "1.0",
  to: "2.0",
  operation: "POST /things",
  title: id,
  because: "a test",
  ...rest,
});
const convert = (changes: readonly Change[], body: unknown, way: "up" | "down" = "up"): Conversion => {
  const registry = createRegistry(changes);
  const [from, to] = way === "up" ? (["1.0", "2.0"] as const) : (["2.0", "1.0"] as const);
  return registry.between("things", from, to, "POST /things")(deepFreeze(body), { report: true });
};
const bodyOf = (outcome: Conversion): unknown => (outcome.ok ? outcome.body : outcome.refusal);

type Row = [what: string, rest: Partial<OperationChange>, older: unknown, newer: unknown];
test.each<Row>([
  ["a rename", { rename: { "/a/b": "c" } }, { a: { b: 1, x: 2 } }, { a: { x: 2, c: 1 } }],
  [
    "a rename in every item",
    { rename: { "/a/*/b": "c" } },
    { a: [{ b: 1 }, {}, { b: 2 }] },
    { a: [{ c: 1 }, {}, { c: 2 }] },
  ],
  ["a move", { move: { "/a": "/b/c" } }, { a: 1, b: { d: 2 } }, { b: { d: 2, c: 1 } }],
  [
    "a mapped enumeration",
    {
      enumMap: {
        "/state": [
          ["OPEN", "ACTIVE"],
          ["SHUT", "CLOSED"],
        ],
      },
    },
    { state: "SHUT" },
    { state: "CLOSED" },
  ],
  [
    "a map",
    { map: { up: ({ a }: { a: number }) => ({ b: a }), down: ({ b }: { b: number }) => ({ a: b }) } },
    { a: 1 },
    { b: 1 },
  ],
  [
    "a stash",
    { down: { lose: { "/a/*/b": "stash" } } },
    undefined,
    { a: [{ b: 1 }, { c: 2 }], extensionList: { extension: [{ key: "k", value: "v" }] } },
  ],
])("%s leads up and back", (what, rest, older, newer) => {
  const changes = [change(what, rest)];
  const up = older ?? bodyOf(convert(changes, newer, "down"));
  expect(bodyOf(convert(changes, up))).toEqual(newer);
  if (older !== undefined) expect(bodyOf(convert(changes, newer, "down"))).toEqual(older);
});

test("sources are asked in order, in the version left; a value that is there is kept", () => {
  const fill = {
    "/b": [{ derive: (body: { a?: number }) => body.a }, { value: 0 }],
  } as const;
  const changes = [change("fill", { up: { fill } })];
  expect(convert(changes, { a: 7 })).toMatchObject({
    body: { a: 7, b: 7 },
    report: { invented: [{ pointer: "/b" }] },
  });
  expect(convert(changes, {})).toMatchObject({ body: { b: 0 } });
  expect(convert(changes, { a: 7, b: 1 })).toMatchObject({ body: { a: 7, b: 1 }, report: { invented: [] } });
});

test("changes of one step apply in the order given, and the other way round downward", () => {
  const first = change("first", { map: { up: (b: string) => `${b}1`, down: (b: string) => `${b}-1` } });
  const second = change("second", { map: { up: (b: string) => `${b}2`, down: (b: string) => `${b}-2` } });
  expect(bodyOf(convert([first, second], "x"))).toBe("x12");
  expect(bodyOf(convert([first, second], "x", "down"))).toBe("x-2-1");
});

test("a map of the operation sees the body of its source version, components included; then the components change", () => {
  const residue: ResidueTable = {
    api: "things",
    definitions: {},
    components: { "1.0>2.0": { Part: { down: { disposals: { "/extra": {} } } } } },
    steps: [
      {
        resource: "things",
        from: "1.0",
        to: "2.0",
        api: ["1.0", "2.0"],
        operations: { "POST /things": { holds: { Part: ["/part"] } } },
      },
    ],
  };
  const seen: unknown[] = [];
  const down = (body: { part: unknown }): unknown => {
    seen.push(body);
    return { ...body, mapped: true };
  };
  const mapped = change("map", { map: { up: (body: unknown) => body, down } });
  const part: Change = {
    ...{ id: "part", api: "things", component: "Part", from: "1.0", to: "2.0", title: "t", because: "b" },
    down: { lose: { "/extra": "drop" } },
  };
  const body = { part: { extra: 1, x: 2 } };
  const expected = { part: { x: 2 }, mapped: true };
  expect(bodyOf(convert([{ id: "things", residue }, mapped, part], body, "down"))).toEqual(expected);
  expect(seen).toEqual([body]);
  // The type of a map is that of the whole body, so no component needs a change of its own.
  const alone = createRegistry([{ id: "things", residue }, mapped]);
  expect(alone.coverage().map((row) => row.class)).toEqual(["lossless", "lossless"]);
});

test.each<[what: string, rest: Partial<OperationChange>, pointer: string]>([
  ["derive", { up: { fill: { "/b": [{ derive: fail }, { value: 0 }] } } }, "/b"],
  ["map", { map: { up: fail, down: fail } }, ""],
])("a %s that throws refuses the message with 2001 and names the change", (_what, rest, pointer) => {
  const outcome = convert([change("things/broken", rest)], { a: 1 });
  expect(!outcome.ok && outcome.refusal).toMatchObject({
    ...{ errorCode: "2001", status: 503, changeId: "things/broken", pointer, disposition: "error" },
    cause: new Error("MSISDN 27713803912"),
    body: {
      errorInformation: {
        errorDescription: expect.stringMatching(/the change things\/broken failed$/) as string,
      },
    },
  });
});
function fail(): never {
  throw new Error("MSISDN 27713803912");
}

describe("robustness", () => {
  const registry = createRegistry(fspiopChanges);
  const down = registry.between("quotes", "2.0", "1.0", "POST /quotes");
  const parse = (json: string): unknown => JSON.parse(json);

  test.each<[json: string, why: string]>([
    [
      '{"__proto__":{"polluted":1},"payer":{"__proto__":{"polluted":1},"supportedCurrencies":[]}}',
      "own __proto__",
    ],
    [
      '{"constructor":{"prototype":{"polluted":1}},"payer":{"constructor":1,"supportedCurrencies":[]}}',
      "constructor",
    ],
    ['{"payer/supportedCurrencies":1,"payer.supportedCurrencies":1,"*":1,"":1}', "what looks like a path"],
  ])("hostile keys stay data: %s (%s)", (json) => {
    const outcome = down(deepFreeze(parse(json)));
    const expected = json.replace(',"supportedCurrencies":[]', "");
    expect(outcome.ok && JSON.stringify(outcome.body)).toBe(expected);
    expect("polluted" in {}).toBe(false);
  });

  test.each<[body: unknown, why: string]>([
    [null, "null"],
    ["text", "text"],
    [[], "a list"],
    [undefined, "no body"],
    [{ payer: [], payee: null, transactionType: 7 }, "members of other types"],
  ])("what is no such body passes as it is: %j", (body) => {
    const outcome = down(body);
    expect(outcome.ok && outcome.body).toBe(body);
  });

  test("nesting of 100,000 levels and bodies of 5 MB are no danger", () => {
    const deep = parse('{"x":'.repeat(100_000) + "1" + "}".repeat(100_000));
    const wide = {
      individualQuotes: Array.from({ length: 20_000 }, (_, i) => ({
        note: "x".repeat(200),
        payee: { supportedCurrencies: [String(i)] },
      })),
    };
    const bulk = registry.between("bulkQuotes", "2.0", "1.0", "POST /bulkQuotes");
    const body = { deep, payer: { supportedCurrencies: ["USD"] }, ...wide };
    const outcome = bulk(body, { report: true, stash: new Map() });
    expect(outcome.ok && outcome.report?.stashed.length).toBe(20_001);
    const plainly = bulk(body);
    const { deep: same, ...shallow } = plainly.ok ? (plainly.body as typeof body) : body; // what came, less some members
    expect(same).toBe(deep);
    expect(JSON.stringify(shallow)).not.toContain("supportedCurrencies");
  });

  test("the same message gives the same text, stash and mapped ids included (API Definition 3.2.5.1)", () => {
    const body = { note: "x", payer: { supportedCurrencies: ["USD"] } };
    expect(JSON.stringify(down(body, { stash: true }))).toBe(JSON.stringify(down(body, { stash: true })));
  });
});

test("a registry with something unsettled converts the rest, and names what is missing", () => {
  const registry = createRegistry(fspiopChanges.slice(0, 1));
  expect(() => registry.between("quotes", "2.0", "1.1", "POST /quotes")).toThrow(
    /POST \/quotes from quotes 2\.0 to 1\.1: no change settles .*\/converter/,
  );
  expect(registry.between("quotes", "1.1", "2.0", "POST /quotes").class).toBe("identity");
});
