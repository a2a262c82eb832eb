import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { type TSchema, Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { Ajv } from "ajv";

import * as schemas from "@mojaloop-versioning/types/fspiop/v2.0/schemas";
import { QuotesPostRequest, TransfersPostRequest } from "@mojaloop-versioning/types/fspiop/v2.0/validate";

import { subpathOf } from "../../packages/types/generate/names.ts";
import { entryOf, readCatalog } from "../specs/catalog.ts";
import { isObject, type Json, type JsonObject, valueAt } from "../specs/document.ts";
import { loadDocument } from "../specs/load.ts";
import type { BenchTable } from "./table.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const DIST = join(ROOT, "packages/types/dist/generated");
const ROUNDS = 11;
const CALLS = 20_000;

const party = {
  partyIdInfo: { partyIdType: "MSISDN", partyIdentifier: "27713803912", fspId: "payerfsp" },
  personalInfo: { complexName: { firstName: "Mats", lastName: "Hagman" }, dateOfBirth: "1983-10-25" },
};
const transfer = {
  transferId: "b51ec534-ee48-4575-b6a9-ead2955b8069",
  payerFsp: "payerfsp",
  payeeFsp: "payeefsp",
  amount: { currency: "USD", amount: "124.45" },
  ilpPacket:
    "AYIBgQAAAAAAAASwNGxldmVsb25lLmRmc3AxLm1lci45T2RTOF81MDdqUUZERmZlakgyOVc4bXFmNEpLMHlGTFGC".repeat(6),
  condition: "f5sqb7tBTWPd5Y8BDFdMm9BJR_MNI4isf8p8n4D5pHA",
  expiration: "2030-09-24T08:38:08.699-04:00",
};
const quote = {
  quoteId: transfer.transferId,
  transactionId: "a8323bc6-c228-4df2-ae82-e5a997baf899",
  payee: party,
  payer: party,
  amountType: "SEND",
  amount: transfer.amount,
  transactionType: { scenario: "TRANSFER", initiator: "PAYER", initiatorType: "CONSUMER" },
  note: "hello",
  expiration: transfer.expiration,
};

/** Compiled validators beside the engines they stand in for, and what the package costs those who import it. */
export async function bench(): Promise<BenchTable> {
  const catalog = readCatalog(ROOT);
  const document = await loadDocument(ROOT, catalog, entryOf(catalog, "fspiop/2.0"));
  const ajv = new Ajv({ strict: false });
  ajv.addSchema({ $id: "document", components: document["components"] });

  const cases = [
    {
      name: "TransfersPostRequest",
      validate: TransfersPostRequest,
      schema: schemas.TransfersPostRequest,
      body: transfer,
    },
    {
      name: "QuotesPostRequest",
      validate: QuotesPostRequest,
      schema: schemas.QuotesPostRequest,
      body: quote,
    },
  ];
  const rows = cases.flatMap(({ name, validate, schema, body }) => {
    const byAjv = ajv.compile({ $ref: `document#/components/schemas/${name}` });
    const byTypebox = TypeCompiler.Compile(typeboxOf(document, { $ref: `#/components/schemas/${name}` }));
    const twoFaults = { ...body, expiration: "tomorrow", amount: { currency: "XYZ", amount: "1.0" } };
    const engines: readonly ((value: object) => boolean)[] = [
      (value) => validate(value).ok,
      (value) => byAjv(value),
      (value) => byTypebox.Check(value),
      (value) => schema.safeParse(value).success,
    ];
    // Who judges wrongly is fast for nothing: typebox compiles patterns without the u flag that names need.
    const isRight = engines.map((judge) => judge(body) && !judge(twoFaults));
    return [
      { what: `${name}, valid`, value: body },
      { what: `${name}, two faults`, value: twoFaults },
    ].map(({ what, value }) => {
      const all = measure(engines.map((judge) => () => judge(value)));
      const times = all.map((time, i) => (isRight[i] ? time : Infinity));
      const [ours = Infinity, ...peers] = times;
      return [what, ...times.map(inMicroseconds), (ours / Math.min(...peers.slice(0, 2))).toFixed(2)];
    });
  });
  return {
    title:
      "types: one body judged, µs of CPU (ratio: ours to the faster of ajv and typebox, promised at most 1.5)",
    columns: ["", "ours", "ajv", "typebox", "zod", "ratio"],
    rows: [...rows, ...weights(catalog.versions.map(subpathOf))],
  };
}

/** The median CPU time of one call of each function, in nanoseconds, the functions taking turns. */
function measure(functions: readonly (() => boolean)[]): number[] {
  const times = functions.map((): number[] => []);
  for (let round = -2; round < ROUNDS; round++) {
    for (const [i, run] of functions.entries()) {
      const before = process.cpuUsage();
      let taken = 0;
      for (let call = 0; call < CALLS; call++) if (run()) taken += 1;
      const { user, system } = process.cpuUsage(before);
      if (round >= 0 && taken % CALLS === 0) times[i]?.push(((user + system) * 1000) / CALLS);
    }
  }
  return times.map(medianOf);
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function inMicroseconds(nanoseconds: number): string {
  return nanoseconds === Infinity ? "wrong" : (nanoseconds / 1000).toFixed(2);
}

/** What a consumer of the built package pays at start and in tsc: rows of one number. */
function weights(versions: readonly string[]): (string | number)[][] {
  const folder = mkdtempSync(join(tmpdir(), "bench-types-"));
  try {
    const none = tscTime(folder, []);
    const over = (subpaths: readonly string[]): number => tscTime(folder, subpaths) - none;
    return [
      ["import of fspiop/v2.0/validate, ms", importTime("fspiop/v2.0/validate.js")],
      ["import of fspiop/v2.0/schemas, zod loaded, ms", importTime("fspiop/v2.0/schemas.js")],
      ["tsc over a consumer of fspiop/v2.0, ms more than over none", over(["fspiop/v2.0"])],
      [
        `tsc over a consumer of all ${String(versions.length)} versions, ms more than over none`,
        over(versions),
      ],
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function importTime(module: string): string {
  const url = JSON.stringify(pathToFileURL(join(DIST, module)));
  const program = `await import("zod"); const t = performance.now(); await import(${url}); console.log(performance.now() - t)`;
  const run = (): number =>
    Number(
      execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: ROOT, encoding: "utf8" }),
    );
  return medianOf(Array.from({ length: 7 }, run)).toFixed(1);
}

/** The milliseconds of `tsc` over a file that uses the types, schemas and validators of some versions as they are published. */
function tscTime(folder: string, subpaths: readonly string[]): number {
  const lines = subpaths.flatMap((subpath, index) => {
    const i = String(index);
    return [
      ...["index", "schemas", "validate"].map(
        (part) => `import * as ${part}${i} from "${join(DIST, subpath, part)}.js";`,
      ),
      `export const all${i} = [Object.values(schemas${i}), Object.values(validate${i}), index${i}.operations];`,
      `export type Bodies${i} = index${i}.Bodies[keyof index${i}.Bodies];`,
    ];
  });
  const file = join(folder, "consumer.ts");
  writeFileSync(file, `${lines.join("\n")}\nexport {};\n`);
  const settings = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--diagnostics"];
  const run = (): number => {
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, ...settings, file], {
      cwd: folder,
      encoding: "utf8",
    });
    if (stdout.includes("error TS")) throw new Error(stdout);
    return 1000 * Number(/Total time:\s+([\d.]+)s/.exec(stdout)?.[1] ?? NaN);
  };
  return Math.round(medianOf([run(), run(), run()]));
}

/** A schema of the document in typebox's terms. */
function typeboxOf(document: JsonObject, schema: Json | undefined): TSchema {
  if (!isObject(schema)) return Type.Unknown();
  const { $ref, type, properties, required, items, allOf, anyOf, enum: choices } = schema;
  if (typeof $ref === "string") return typeboxOf(document, valueAt(document, $ref.slice(1)));
  if (Array.isArray(allOf)) return typeboxOf(document, allOf[0]);
  if (Array.isArray(anyOf)) return Type.Union(anyOf.map((option) => typeboxOf(document, option)));
  if (Array.isArray(choices))
    return Type.Union(
      choices.filter((choice) => typeof choice === "string").map((choice) => Type.Literal(choice)),
    );
  if (type === "array")
    return Type.Array(typeboxOf(document, items), limitsOf(schema, "minItems", "maxItems"));
  if (type === "string") return Type.String(limitsOf(schema, "minLength", "maxLength", "pattern"));
  const members = Object.entries(isObject(properties) ? properties : {}).map(([name, member]) => {
    const inner = typeboxOf(document, member);
    return [name, Array.isArray(required) && required.includes(name) ? inner : Type.Optional(inner)] as const;
  });
  return Type.Object(Object.fromEntries(members));
}

function limitsOf(schema: JsonObject, ...names: string[]): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => names.includes(name)));
}
