import { expect, test } from "vitest";
import { residue, type ResidueDirection } from "../src/index.ts";
import type { Operation } from "@mojaloop-versioning/protocol";
import { catalogued, withBody } from "./documents.ts";

type Row = [
  base: string,
  revision: string,
  operation: Operation,
  direction: ResidueDirection,
  sources: string[],
  disposals: string[],
  why: string,
];

// The rows follow from the documents in specs/fspiop and specs/settlement.
test.each<Row>([
  ["fspiop/1.0", "fspiop/1.1", "POST /transfers", "up", [], [], "nothing changed"],
  ["fspiop/1.0", "fspiop/1.1", "POST /quotes", "up", [], [], "optional members are free"],
  [
    "fspiop/1.0",
    "fspiop/1.1",
    "POST /quotes",
    "down",
    [],
    ["/payee/partyIdInfo/extensionList", "/payer/partyIdInfo/extensionList"],
    "PartyIdInfo.extensionList, wherever it occurs",
  ],
  [
    "fspiop/1.0",
    "fspiop/1.1",
    "PUT /participants/{ID}",
    "down",
    [],
    ["/partyList/*/partyId/extensionList"],
    "below the items of a list",
  ],
  ["fspiop/1.1", "fspiop/2.0", "POST /transfers", "up", [], [], "the newer pattern takes every older id"],
  [
    "fspiop/1.1",
    "fspiop/2.0",
    "POST /transfers",
    "down",
    ["/transferId"],
    [],
    "the older one refuses a ULID",
  ],
  ["fspiop/1.1", "fspiop/2.0", "PUT /transfers/{ID}", "down", [], [], "no id in the body"],
  ["settlement/1.1", "settlement/2.0", "POST /settlements", "up", ["/settlementModel"], [], "newly required"],
  [
    "settlement/1.1",
    "settlement/2.0",
    "POST /settlements",
    "down",
    [],
    ["/settlementModel"],
    "has no place in v1",
  ],
])("%s to %s, %s, %s", (base, revision, operation, direction, sources, disposals) => {
  const found = residue(catalogued(base), catalogued(revision), operation, direction);
  expect([...found.sources].sort()).toEqual(sources);
  expect([...found.disposals].sort()).toEqual(disposals);
});

test("a schema that holds itself has its residue once", () => {
  const tree = (more: object): unknown =>
    withBody(
      { $ref: "#/components/schemas/Tree" },
      {
        components: {
          Tree: {
            type: "object",
            properties: { child: { $ref: "#/components/schemas/Tree" }, ...more },
          },
        },
      },
    );
  const leaf = { leaf: { type: "string" } };
  expect(residue(tree({}), tree(leaf), "POST /things", "down")).toEqual({
    sources: [],
    disposals: ["/leaf"],
  });
});

test("an operation that a document lacks is a wrong option", () => {
  expect(() => residue(withBody({}), withBody({}), "POST /nothing", "up")).toThrow(/no "POST \/nothing"/);
});
