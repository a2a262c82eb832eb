import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createOperationMatcher, type Operation, type Version } from "@mojaloop-versioning/protocol";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import * as schemas1_0 from "@mojaloop-versioning/types/fspiop/v1.0/schemas";
import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import * as schemas1_1 from "@mojaloop-versioning/types/fspiop/v1.1/schemas";
import { fspiopV2_0 } from "@mojaloop-versioning/types/fspiop/v2.0";
import * as schemas2_0 from "@mojaloop-versioning/types/fspiop/v2.0/schemas";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { createIdMap, createRegistry, fspiopChanges } from "../src/index.ts";
import { deepFreeze, differences } from "../src/testing.ts";

// Captured messages lie beside the repository on the machines that have them (data/README.md there); elsewhere this suite is skipped.
const folder = resolve(import.meta.dirname, "../../../../shared/data/messages");

const versions = [
  { api: fspiopV1_0, schemas: schemas1_0 },
  { api: fspiopV1_1, schemas: schemas1_1 },
  { api: fspiopV2_0, schemas: schemas2_0 },
];
const registry = createRegistry(fspiopChanges);

function schemaOf(resource: string, version: Version, operation: Operation): z.ZodType | undefined {
  for (const { api, schemas } of versions) {
    const rows: Readonly<Record<string, { resource: string; version: string; body: string | undefined }>> =
      api.operations;
    const row = rows[operation];
    const exported: Readonly<Record<string, unknown>> = schemas;
    const schema = row?.body === undefined ? undefined : exported[row.body];
    if (row?.resource === resource && row.version === version && schema instanceof z.ZodType) return schema;
  }
  return undefined;
}

interface Sample {
  readonly file: string;
  readonly resource: string;
  readonly version: Version;
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function samples(): Sample[] {
  const found: Sample[] = [];
  for (const { api } of versions) {
    const operations = Object.keys(api.operations) as Operation[]; // the keys of an API object are its operations
    const match = createOperationMatcher(operations);
    const rows: Readonly<Record<string, { resource: string; version: Version }>> = api.operations;
    for (const file of readdirSync(resolve(folder, api.version))) {
      const message = JSON.parse(readFileSync(resolve(folder, api.version, file), "utf8")) as {
        method: string;
        path: string;
        body: unknown;
      }; // the shape that data/README.md describes
      const matched = match(message.method, message.path);
      const row = matched && rows[matched.operation];
      if (!matched || !row) continue;
      found.push({
        file: `${api.version}/${file}`,
        resource: row.resource,
        version: row.version,
        operation: matched.operation,
        params: matched.params,
        body: message.body,
      });
    }
  }
  return found;
}

describe.skipIf(!existsSync(folder))(
  "every real valid message converts to every other version, or is refused truly",
  () => {
    const valid = existsSync(folder)
      ? samples().filter(
          ({ resource, version, operation, body }) =>
            schemaOf(resource, version, operation)?.safeParse(body).success,
        )
      : [];

    test("there are some of each version", () => {
      expect(new Set(valid.map(({ version }) => version))).toEqual(new Set(["1.0", "1.1", "2.0"]));
      expect(valid.length).toBeGreaterThan(200);
    });

    test.each(valid.map((sample) => [sample.file, sample] as const))("%s", (_file, sample) => {
      const { resource, version, operation, body } = sample;
      for (const to of registry.resources[resource] ?? []) {
        const converter = registry.between(resource, version, to, operation);
        const outcome = converter(deepFreeze(body), { report: true });
        const schema = schemaOf(resource, to, operation);
        if (!outcome.ok) {
          // Towards a version that lacks the operation, or at a pointer whose value the target's schema does not take.
          const { pointer, errorCode } = outcome.refusal;
          if (errorCode === "3002") expect(schema).toBeUndefined();
          else {
            expect(pointer).toBeDefined();
            const verdict = schema?.safeParse(body);
            const unsayable = ["/converter", "/currencyConversion"].includes(pointer ?? "");
            expect(unsayable || verdict?.success === false).toBe(true);
          }
          continue;
        }
        expect(schema?.safeParse(outcome.body).error).toBeUndefined();
        const stash = new Map<string, string>();
        const ids = createIdMap();
        const away = converter(body, { stash, ids });
        const home = away.ok && registry.between(resource, to, version, operation)(away.body, { stash, ids });
        if (home && home.ok) expect(differences(body, home.body)).toEqual([]);
      }
    });
  },
);
