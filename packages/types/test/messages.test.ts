import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Api, Validator } from "@mojaloop-versioning/types";
import * as fspiop1_0 from "@mojaloop-versioning/types/fspiop/v1.0";
import * as schemas1_0 from "@mojaloop-versioning/types/fspiop/v1.0/schemas";
import * as validate1_0 from "@mojaloop-versioning/types/fspiop/v1.0/validate";
import * as fspiop1_1 from "@mojaloop-versioning/types/fspiop/v1.1";
import * as schemas1_1 from "@mojaloop-versioning/types/fspiop/v1.1/schemas";
import * as validate1_1 from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import * as fspiop2_0 from "@mojaloop-versioning/types/fspiop/v2.0";
import * as iso2_0 from "@mojaloop-versioning/types/fspiop/v2.0-iso20022";
import * as isoSchemas2_0 from "@mojaloop-versioning/types/fspiop/v2.0-iso20022/schemas";
import * as isoValidate2_0 from "@mojaloop-versioning/types/fspiop/v2.0-iso20022/validate";
import * as schemas2_0 from "@mojaloop-versioning/types/fspiop/v2.0/schemas";
import * as validate2_0 from "@mojaloop-versioning/types/fspiop/v2.0/validate";
import { describe, expect, test } from "vitest";
import type { ZodType } from "zod";

// The project's collection of real and synthetic messages lies beside the repository and may be absent.
const FOLDER = join(import.meta.dirname, "../../../../shared/data/messages");

interface Collected {
  readonly file: string;
  readonly version: string;
  readonly operation: string;
  readonly valid: boolean;
  readonly validRepairedSchema?: boolean;
}

/** One API version by the names that its modules share. */
interface Version {
  readonly api: Api;
  readonly schemas: object;
  readonly validators: object;
}

const VERSIONS: Record<string, Version> = {
  "1.0": { api: fspiop1_0.fspiopV1_0, schemas: schemas1_0, validators: validate1_0 },
  "1.1": { api: fspiop1_1.fspiopV1_1, schemas: schemas1_1, validators: validate1_1 },
  "2.0": { api: fspiop2_0.fspiopV2_0, schemas: schemas2_0, validators: validate2_0 },
  "2.0-iso20022": { api: iso2_0.fspiopV2_0Iso20022, schemas: isoSchemas2_0, validators: isoValidate2_0 },
};

const BARE = "judged by api-snippets' 1.0, which lost the constraints that the published document has";
const CLOSED = "judged by api-snippets 18, which closes objects that API Definition 3.3.2 leaves open";

// Messages where the collection's verdict, given by the api-snippets document, is not ours.
const EXCEPTIONS: Record<string, string> = {
  "1.0/authorizations-put.synthetic-max.json": BARE,
  "1.0/bulkQuotes-post.synthetic-max.json": BARE,
  "1.0/bulkQuotes-post.synthetic-min.json": BARE,
  "1.0/quotes-post.3.json": BARE,
  "1.0/quotes-post.synthetic-max.json": BARE,
  "1.0/quotes-post.synthetic-min.json": BARE,
  "1.0/quotes-put.synthetic-min.json": BARE,
  "1.0/transactionRequests-post.synthetic-max.json": BARE,
  "1.0/transactions-put.synthetic-max.json": BARE,
  "1.0/transfers-post.json": `${BARE}; its ilpPacket was damaged when the document was printed`,
  "2.0/fxTransfers-post.invalid.json": CLOSED,
  "2.0/fxTransfers-post.invalid.2.json": CLOSED,
  "2.0/participants-typed-put.invalid.json": CLOSED,
  "2.0/parties-put.invalid.json": CLOSED,
  "2.0-iso20022/fxQuotes-post.invalid.json": CLOSED,
  "2.0-iso20022/fxTransfers-post.invalid.json": CLOSED,
  "2.0-iso20022/quotes-post.invalid.json": CLOSED,
};

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
}

function collected(): readonly Collected[] {
  if (!existsSync(FOLDER)) return [];
  const { files } = read("index.json") as { files: Collected[] }; // the form that its README describes
  // api-snippets keeps components alive by an operation that the API does not have.
  return files.filter(({ operation }) => operation !== "POST /interface");
}

const messages = collected();

describe.skipIf(messages.length === 0)("the collected messages", () => {
  test.each(messages)("$file", ({ file, version, operation, valid, validRepairedSchema }) => {
    const { api, schemas, validators } = VERSIONS[version] ?? expect.fail(`no version ${version}`);
    const component = api.operations[operation]?.body ?? expect.fail(`${operation} has no body`);
    // The modules hold a schema and a validator under the name of each component.
    const schema = (schemas as Record<string, ZodType>)[component] ?? expect.fail(component);
    const validate = (validators as Record<string, Validator<unknown>>)[component] ?? expect.fail(component);

    const { body } = read(file) as { body: unknown };
    const expected = (validRepairedSchema ?? valid) !== file in EXCEPTIONS;
    const verdict = validate(body);
    expect({ zod: schema.safeParse(body).success, validator: verdict.ok }).toEqual({
      zod: expected,
      validator: expected,
    });
    if (EXCEPTIONS[file] === CLOSED) expect(validate(body, { strict: true }).ok).toBe(false);
  });

  test("hold every exception that is listed", () => {
    const files = new Set(messages.map(({ file }) => file));
    expect(Object.keys(EXCEPTIONS).filter((file) => !files.has(file))).toEqual([]);
  });
});
