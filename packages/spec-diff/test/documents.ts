import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

/** A reduced document of the catalogue: `fspiop/1.1`. */
export function catalogued(id: string): unknown {
  return parse(readFileSync(join(repository, "specs", `${id}.yaml`), "utf8"));
}

interface Setting {
  readonly operation?: string;
  readonly components?: object;
  readonly openapi?: string;
}

/** A document with one operation that takes a body. */
export function withBody(
  schema: unknown,
  { operation = "POST /things", components = {}, openapi = "3.1.0" }: Setting = {},
): unknown {
  const [method = "", path = ""] = operation.split(" ");
  return {
    openapi,
    info: { title: "Things", version: "1.0" },
    paths: {
      [path]: {
        [method.toLowerCase()]: {
          requestBody: { required: true, content: { "application/json": { schema } } },
          responses: { 202: { description: "Accepted" } },
        },
      },
    },
    components: { schemas: components },
  };
}

/** A document with one operation that answers with a body. */
export function withAnswer(schema: unknown, { components = {}, openapi = "3.1.0" }: Setting = {}): unknown {
  return {
    openapi,
    info: { title: "Things", version: "1.0" },
    paths: {
      "/things": {
        get: { responses: { 200: { description: "OK", content: { "application/json": { schema } } } } },
      },
    },
    components: { schemas: components },
  };
}
