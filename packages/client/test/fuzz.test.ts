import { resourceOf, type Operation } from "@mojaloop-versioning/protocol";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { validateBody } from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createClient } from "../src/index.ts";
import { fulfilment, party, payeeRejects, transfer, UUID } from "./support/messages.ts";
import { sendCallback, serve, startPeer, typed } from "./support/peer.ts";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 300);
const SEED = Number(process.env["FUZZ_SEED"] ?? 20_261_121);

const operations = Object.keys(fspiopV1_1.operations) as Operation[]; // the keys of every operations table
const hostile = fc.constantFrom(
  "__proto__",
  "constructor",
  "..",
  "%2e%2e",
  "%",
  "%ff",
  "{ID}",
  "a b",
  UUID,
  "",
);

const version = fc.constantFrom("1.0", "1.1", "2.0", "3.0", "1", "01.1", "9999999999999999999.0", "");
const ofOperation = fc
  .tuple(fc.constantFrom(...operations), hostile, version)
  .map(([operation, value, each]) => ({
    path: operation.slice(operation.indexOf(" ") + 1).replaceAll(/\{\w+\}/g, encodeURI(value)),
    type: typed(resourceOf(operation), each),
  }));
const ofNothing = fc.record({
  path: fc.webPath(),
  type: fc.oneof(
    fc.string({ unit: "grapheme-ascii", maxLength: 80 }),
    fc.constant(typed("__proto__", "1.0")),
  ),
});
const body = fc.oneof(
  fc
    .constantFrom<unknown>(fulfilment, party, payeeRejects, JSON.parse('{"__proto__":{"polluted":true}}'))
    .map((value) => JSON.stringify(value)),
  fc.json(),
  fc.integer({ min: 1, max: 50_000 }).map((depth) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`),
  fc.string(),
);

test(
  `${RUNS} callbacks of any shape: each gets an answer of FSPIOP, and nothing breaks`,
  { timeout: 600_000 },
  async () => {
    const errors: unknown[] = [];
    const client = createClient({
      api: fspiopV1_1,
      fspId: "payerfsp",
      baseUrl: "http://127.0.0.1:9",
      validate: validateBody,
      onCallback: () => undefined,
      onError: (error) => errors.push(error),
    });
    const url = await serve(client.callbacks);
    const statuses = new Set<number | undefined>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("PUT", "PATCH"),
        fc.oneof({ weight: 4, arbitrary: ofOperation }, { weight: 1, arbitrary: ofNothing }),
        body,
        async (method, { path, type }, text) => {
          const target = encodeURI(path).replaceAll("%25", "%") || "/";
          const answer = await sendCallback(url, target, { method, type, body: text });
          statuses.add(answer.status);
          expect([200, 400, 404, 406]).toContain(answer.status);
          if (answer.status !== 200) expect(answer.body).toHaveProperty("errorInformation.errorCode");
          expect(answer.text).not.toMatch(/node_modules|\.ts:|at .*:\d+:\d+/);
        },
      ),
      { numRuns: RUNS, seed: SEED },
    );
    expect(errors).toEqual([]);
    expect(Object.prototype).not.toHaveProperty("polluted");
    expect([...statuses].sort()).toEqual([200, 400, 404, 406]);
  },
);

test("300 transfers at a time, answered in any order, by callback, error callback or refusal: each gets its own", async () => {
  const ids = Array.from({ length: 300 }, (_none, i) => UUID.slice(0, -3) + String(i).padStart(3, "0"));
  const kindOf = (id: string): number => Number(id.slice(-3)) % 3;
  const hub = await startPeer(({ body: sent }) => {
    const { transferId } = sent as typeof transfer; // what the client below sends
    return kindOf(transferId) === 2
      ? { status: 400, body: { errorInformation: { errorCode: "3100", errorDescription: transferId } } }
      : {};
  });
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url });
  const callbacks = await serve(client.callbacks);
  const answers = ids.map((transferId) => client.transfers.prepare({ ...transfer, transferId }));
  await hub.until(ids.length);
  const answered = ids.filter((id) => kindOf(id) < 2).sort((a, b) => (a.slice(-1) < b.slice(-1) ? 1 : -1));
  await Promise.all(
    answered.map((id) =>
      sendCallback(callbacks, `/transfers/${id}${kindOf(id) === 1 ? "/error" : ""}`, {
        type: typed("transfers", "1.1"),
        body:
          kindOf(id) === 1
            ? { errorInformation: { errorCode: "5000", errorDescription: id } }
            : { transferState: "RESERVED", extensionList: { extension: [{ key: "id", value: id }] } },
      }),
    ),
  );
  const told = (await Promise.all(answers)).map(({ data, error }) =>
    error ? error.errorInformation.errorDescription : data.extensionList?.extension[0]?.value,
  );
  expect(told).toEqual(ids);
});
