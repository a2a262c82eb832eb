import { kindOf, resourceOf, type Operation, type Version } from "@mojaloop-versioning/protocol";
import { arbitraryOf } from "@mojaloop-versioning/transform/testing";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import * as schemas10 from "@mojaloop-versioning/types/fspiop/v1.0/schemas";
import { validateBody as validate10 } from "@mojaloop-versioning/types/fspiop/v1.0/validate";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import * as schemas11 from "@mojaloop-versioning/types/fspiop/v1.1/schemas";
import { validateBody as validate11 } from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";
import * as schemas20 from "@mojaloop-versioning/types/fspiop/v2.0/schemas";
import { validateBody as validate20 } from "@mojaloop-versioning/types/fspiop/v2.0/validate";
import type { Api } from "@mojaloop-versioning/types";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import type { Recorder } from "./support/recorder.ts";
import { fields, send, startWire, type Wire } from "./support/wire.ts";

let wire: Wire;
beforeAll(async () => {
  wire = await startWire({ validation: "strict" });
});
afterAll(() => wire.close());
beforeEach(() => {
  for (const { received } of [wire.hub, wire.old, wire.mid, wire.new]) received.length = 0;
});

type Judge = (operation: Operation, body: unknown, options: { strict: boolean }) => { readonly ok: boolean };
interface Spoken {
  readonly api: Api;
  readonly schemas: Readonly<Record<string, unknown>>;
  readonly judge: Judge;
  readonly fspId: "old" | "mid" | "new";
}

// A validator knows the operations of its own API; none other is asked of it here.
const SPOKEN: readonly Spoken[] = [
  { api: fspiopV1_0, schemas: schemas10, judge: validate10 as Judge, fspId: "old" },
  { api: fspiopV1_1, schemas: schemas11, judge: validate11 as Judge, fspId: "mid" },
  { api: fspiopV2_0, schemas: schemas20, judge: validate20 as Judge, fspId: "new" },
];
const HUB = SPOKEN[2];

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 2);
const ID = "b51ec534-ee48-4575-b6a9-ead2955b8069";
const PARAMS: Readonly<Record<string, string>> = {
  Type: "MSISDN",
  ID,
  SubId: "HOME",
  SourceCurrency: "USD",
  TargetCurrency: "EUR",
};

function pathOf(operation: Operation): string {
  const template = operation.slice(operation.indexOf("/"));
  return template.replace(/\{(\w+)\}/g, (_match, name: string) => PARAMS[name] ?? "");
}

function samplesOf({ api, schemas }: Spoken, operation: Operation): unknown[] {
  const schema = schemas[api.operations[operation]?.body ?? ""];
  if (!(schema instanceof z.ZodType)) return [undefined];
  return fc.sample(arbitraryOf(schema), { seed: 20, numRuns: RUNS });
}

function rows(
  spoken: readonly Spoken[],
  operationsOf: Api,
): [version: Version, operation: Operation, spoken: Spoken][] {
  const operations = Object.keys(operationsOf.operations) as Operation[]; // the keys of such a table
  return spoken.flatMap((each) =>
    operations.map((operation): [Version, Operation, Spoken] => [each.api.version, operation, each]),
  );
}

const OUTWARD = SPOKEN.flatMap((each) => rows([each], each.api));

test.each(OUTWARD)(
  "FSPIOP %s: %s reaches the hub as a valid message of 2.0",
  async (_version, operation, spoken) => {
    const [method = "", resource] = [operation.split(" ")[0], resourceOf(operation)];
    const version = spoken.api.resources[resource] ?? "0.0";
    for (const body of samplesOf(spoken, operation)) {
      const headers = fields(method, resource, version, spoken.fspId, { "fspiop-destination": "mid" });
      const answer = await send(
        wire.urls.participants,
        method,
        pathOf(operation),
        headers,
        body === undefined ? undefined : JSON.stringify(body),
      );
      expect(answer).toMatchObject({ status: kindOf(operation) === "request" ? 202 : 200 });
      delivered(wire.hub, HUB, operation);
    }
  },
);

const INWARD = rows(SPOKEN, fspiopV2_0);

test.each(INWARD)(
  "a participant of %s gets %s of the hub in its version, or the source is told",
  async (_version, operation, spoken) => {
    const [method = "", resource] = [operation.split(" ")[0], resourceOf(operation)];
    const version = fspiopV2_0.resources[resource as keyof typeof fspiopV2_0.resources]; // every operation's resource has a version
    const recorder = wire[spoken.fspId];
    for (const body of samplesOf({ ...spoken, ...HUB }, operation)) {
      const headers = fields(method, resource, version, "new", { "fspiop-destination": spoken.fspId });
      const answer = await send(
        wire.urls.hub,
        method,
        pathOf(operation),
        headers,
        body === undefined ? undefined : JSON.stringify(body),
      );
      const event = wire.events.at(-1);
      if (event?.outcome === "converted") delivered(recorder, spoken, operation);
      // Equal versions pass untouched: authorizations is 1.0 in every API, though only the later documents have U2F.
      else if (event?.outcome === "passed") delivered(recorder, HUB, operation);
      else if (event?.outcome !== "swallowed") {
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.code).toMatch(/^3\d{3}$/);
        // Notifications and callbacks have no error callback of their own (API Definition 9.2).
        if (kindOf(operation) === "request") expect(wire.hub.received.at(-1)?.url).toMatch(/\/error$/);
      }
      wire.hub.received.length = 0;
    }
    expect(recorder.received).toEqual([]);
  },
);

/** Exactly one message came, in the version that its receiver speaks and with nothing that this version does not know. */
function delivered(recorder: Recorder, spoken: Spoken | undefined, operation: Operation): void {
  const [got, ...more] = recorder.received.splice(0);
  expect(more).toEqual([]);
  expect(got?.headers["content-type"]).toContain(
    `version=${spoken?.api.resources[resourceOf(operation)] ?? "?"}`,
  );
  if (got?.body)
    expect(spoken?.judge(operation, JSON.parse(got.body), { strict: true }), got.body).toMatchObject({
      ok: true,
    });
}
