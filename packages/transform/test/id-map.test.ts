import { expect, test } from "vitest";
import { createIdMap, createRegistry, fspiopChanges } from "../src/index.ts";

const OLDER = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const UUID_V7 = "018f3c5a-7b2e-7c31-9d4f-0a1b2c3d4e5f";
const UUID_V4 = "b51ec534-ee48-4575-b6a9-ead2955b8069";

test("an id becomes the same UUID of version 5 each time and in every process (API Definition 3.2.5.1)", () => {
  const older = createIdMap().older(ULID);
  expect(older).toMatch(OLDER);
  expect(createIdMap().older(ULID)).toBe(older);
  expect(createIdMap().older(UUID_V7)).not.toBe(older);
});

test("the way back is known for the latest ids up to the limit", () => {
  const ids = createIdMap({ limit: 2 });
  const [first = "", second = "", third = ""] = ["a", "b", "c"].map((id) => ids.older(id));
  expect([first, second, third].map((id) => ids.newer(id))).toEqual([undefined, "b", "c"]);
  ids.older("b");
  ids.older("d");
  expect([second, third].map((id) => ids.newer(id))).toEqual(["b", undefined]);
});

test("ids in the body and in the path go down and come back; those that 1.x knows stay", () => {
  const registry = createRegistry(fspiopChanges);
  const ids = createIdMap();
  const operation = "PUT /bulkTransfers/{ID}";
  const body = {
    individualTransferResults: [{ transferId: ULID }, { transferId: UUID_V4 }, { transferId: UUID_V7 }],
  };
  const params = { ID: UUID_V7 };
  const down = registry.between(
    "bulkTransfers",
    "2.0",
    "1.0",
    operation,
  )(body, { params, ids, report: true });
  if (!down.ok) throw new Error(JSON.stringify(down.refusal));
  const at = ids.older(UUID_V7);
  expect(down.params).toEqual({ ID: at });
  expect(down.body).toEqual({
    individualTransferResults: [{ transferId: ids.older(ULID) }, { transferId: UUID_V4 }, { transferId: at }],
  });
  expect(down.report?.changed.map(({ pointer }) => pointer)).toEqual([
    "/individualTransferResults/0/transferId",
    "/individualTransferResults/2/transferId",
    "/{ID}",
  ]);
  const up = registry.between(
    "bulkTransfers",
    "1.0",
    "2.0",
    operation,
  )(down.body, { params: { ID: at ?? "" }, ids });
  expect(up).toEqual({ ok: true, body, params });
});
