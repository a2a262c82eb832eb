import { describe, expect, test } from "vitest";
import {
  createRegistry,
  defineChange,
  fspiopChanges,
  type Change,
  type Conversion,
  type Earlier,
} from "../src/index.ts";
import { deepFreeze } from "../src/testing.ts";

const quoteId = "7c23e80c-d078-4077-8263-2c047876fcf6";
const transferId = "b51ec534-ee48-4575-b6a9-ead2955b8069";

// The proposal's own field, from the quote itself instead of the ILP packet.
const quoteIdOfQuote = defineChange({
  id: "transfers/quote-id-of-quote",
  resource: "transfers",
  from: "1.1",
  to: "2.0",
  operation: "POST /transfers",
  title: "quoteId is mandatory",
  because: "a test",
  needs: ["POST /quotes"],
  up: {
    fill: {
      "/quoteId": [
        { derive: (_body, _value, earlier) => earlier["POST /quotes"]?.quoteId },
        { refuse: "3102", message: "no quote was seen" },
      ],
    },
  },
  down: { lose: { "/quoteId": "stash" } },
});
const registry = createRegistry([...fspiopChanges, quoteIdOfQuote]);
const up = registry.between("transfers", "1.0", "2.0", "POST /transfers");
const down = registry.between("transfers", "2.0", "1.0", "POST /transfers");

test("a converter tells which earlier messages it needs, and only where it reads them", () => {
  expect(up.needs).toEqual(["POST /quotes"]);
  expect(down.needs).toEqual([]);
  expect(registry.between("quotes", "1.0", "2.0", "POST /quotes").needs).toEqual([]);
});

test("a registry tells which messages are worth storing at all", () => {
  expect(registry.needs).toEqual(["POST /quotes"]);
  expect(createRegistry(fspiopChanges).needs).toEqual([]);
});

type Row = [what: string, earlier: Earlier | undefined, found: string | undefined];
describe("a source reads the earlier messages that the caller hands over", () => {
  test.each<Row>([
    ["the quote", { "POST /quotes": { quoteId } }, quoteId],
    ["a quote that does not tell", { "POST /quotes": {} }, undefined],
    ["another message", { "PUT /quotes/{ID}": { quoteId } }, undefined],
    ["none", {}, undefined],
    ["no conversation at all", undefined, undefined],
  ])("%s", async (_what, earlier, found) => {
    const context = deepFreeze(earlier ? { earlier } : {});
    for (const outcome of [up({ transferId }, context), await up.async({ transferId }, context)]) {
      if (found !== undefined) expect(outcome).toEqual({ ok: true, body: { transferId, quoteId: found } });
      else expect(!outcome.ok && outcome.refusal).toMatchObject({ errorCode: "3102", pointer: "/quoteId" });
    }
  });

  test("and is not relied on for a stash: the way back may be without them", () => {
    const outcome = down({ transferId, quoteId }, { earlier: { "POST /quotes": { quoteId } }, report: true });
    expect(outcome.ok && outcome.report?.stashed).toMatchObject([{ pointer: "/quoteId" }]);
    expect(bodyOf(up(bodyOf(outcome)))).toEqual({ transferId, quoteId });
  });
});

test("the functions of a map read them, too", () => {
  const mapped: Change = {
    ...{ id: "things/map", resource: "things", operation: "PUT /things/{ID}", from: "1.0", to: "2.0" },
    ...{ title: "mapped", because: "a test", needs: ["POST /things"] },
    map: {
      up: (body: object, earlier: Earlier) => ({ ...body, asked: earlier["POST /things"] ?? null }),
      down: ({ asked, ...rest }: { asked?: unknown }) => ({ ...rest, again: asked }),
    },
  };
  const convert = createRegistry([mapped]).between("things", "1.0", "2.0", "PUT /things/{ID}");
  expect(convert.needs).toEqual(["POST /things"]);
  expect(bodyOf(convert({ a: 1 }, { earlier: { "POST /things": "x" } }))).toEqual({ a: 1, asked: "x" });
  expect(bodyOf(convert({ a: 1 }))).toEqual({ a: 1, asked: null });
});

function bodyOf(outcome: Conversion): unknown {
  return outcome.ok ? outcome.body : outcome.refusal;
}
