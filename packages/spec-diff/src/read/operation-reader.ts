import { entriesOf, isRecord, member, pointerTo } from "../schema/json.ts";
import type { Child } from "../schema/schema.ts";
import type { ApiOperation, Header, Media, Parameter, Response } from "./api.ts";
import type { Document } from "./document.ts";
import type { Schemas } from "./normalise.ts";

/** What the reading of operations works with. */
export interface Reader {
  readonly document: Document;
  readonly schemas: Schemas;
}

/** A part of the document with its place. */
interface Located {
  readonly value: unknown;
  readonly pointer: string;
}

type OwnOperation = Omit<ApiOperation, "callbacks">;

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/** Reads the operations of a path item, with their callbacks; the callbacks of a callback are not read. */
export function readOperations(reader: Reader, item: Located, path: string): ApiOperation[] {
  return operationsOf(reader, item, path).map((own) => ({ ...own, callbacks: callbacksOf(reader, own) }));
}

function follow({ document }: Reader, { value, pointer }: Located): Located {
  const ref = member(value, "$ref");
  return typeof ref === "string" ? document.resolve(ref) : { value, pointer };
}

function schemaOf({ schemas }: Reader, { value, pointer }: Located): Child | undefined {
  const raw = member(value, "schema");
  return raw === undefined ? undefined : () => schemas.of(raw, `${pointer}/schema`);
}

function contentOf(reader: Reader, { value, pointer }: Located): Map<string, Media> {
  return new Map(
    entriesOf(member(value, "content")).map(([type, raw]) => {
      const media = follow(reader, { value: raw, pointer: pointerTo(pointer, "content", type) });
      return [type, { pointer: media.pointer, schema: schemaOf(reader, media) }];
    }),
  );
}

function parametersOf(reader: Reader, holder: Located, shared: boolean): Parameter[] {
  const list = member(holder.value, "parameters");
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, i) => {
    const located = follow(reader, { value: entry, pointer: pointerTo(holder.pointer, "parameters", i) });
    const { value: raw, pointer } = located;
    if (!isRecord(raw) || typeof raw["name"] !== "string" || typeof raw["in"] !== "string") return [];
    const [media] = [...contentOf(reader, located).values()];
    return [
      {
        in: raw["in"],
        name: raw["name"],
        pointer,
        required: raw["required"] === true || raw["in"] === "path",
        shared,
        schema: schemaOf(reader, located) ?? media?.schema,
        raw,
      },
    ];
  });
}

function responsesOf(reader: Reader, operation: Located): Map<string, Response> {
  return new Map(
    entriesOf(member(operation.value, "responses")).map(([status, entry]) => {
      const response = follow(reader, {
        value: entry,
        pointer: pointerTo(operation.pointer, "responses", status),
      });
      return [
        status,
        {
          pointer: response.pointer,
          content: contentOf(reader, response),
          headers: headersOf(reader, response),
        },
      ];
    }),
  );
}

function headersOf(reader: Reader, response: Located): Map<string, Header> {
  return new Map(
    entriesOf(member(response.value, "headers")).map(([name, value]) => {
      const header = follow(reader, { value, pointer: pointerTo(response.pointer, "headers", name) });
      const required = member(header.value, "required") === true;
      return [name.toLowerCase(), { pointer: header.pointer, required, schema: schemaOf(reader, header) }];
    }),
  );
}

function bodyOf(reader: Reader, { value, pointer }: Located): ApiOperation["body"] {
  const entry = member(value, "requestBody");
  if (entry === undefined) return undefined;
  const body = follow(reader, { value: entry, pointer: `${pointer}/requestBody` });
  return {
    pointer: body.pointer,
    required: member(body.value, "required") === true,
    content: contentOf(reader, body),
  };
}

function operationsOf(reader: Reader, rawItem: Located, path: string): OwnOperation[] {
  const item = follow(reader, rawItem);
  const shared = parametersOf(reader, item, true);
  return METHODS.flatMap((method) => {
    const raw = member(item.value, method);
    if (!isRecord(raw)) return [];
    const operation = { value: raw, pointer: `${item.pointer}/${method}` };
    const own = parametersOf(reader, operation, false);
    const inherited = shared.filter(
      ({ in: place, name }) => !own.some((parameter) => parameter.in === place && parameter.name === name),
    );
    return [
      {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        pointer: operation.pointer,
        raw,
        parameters: [...inherited, ...own],
        body: bodyOf(reader, operation),
        responses: responsesOf(reader, operation),
      },
    ];
  });
}

function callbacksOf(reader: Reader, { name, raw, pointer }: OwnOperation): Map<string, ApiOperation> {
  return new Map(
    entriesOf(raw["callbacks"]).flatMap(([key, value]) => {
      const callback = follow(reader, { value, pointer: pointerTo(pointer, "callbacks", key) });
      return entriesOf(callback.value)
        .filter(([address]) => !address.startsWith("x-"))
        .flatMap(([address, item]) =>
          operationsOf(reader, { value: item, pointer: pointerTo(callback.pointer, address) }, address),
        )
        .map((sent): [string, ApiOperation] => [
          `${key} ${sent.name}`,
          { ...sent, name: `${name} callback ${key}`, callbacks: new Map() },
        ]);
    }),
  );
}
