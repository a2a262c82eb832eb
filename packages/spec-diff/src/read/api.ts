import type { Document } from "./document.ts";
import { entriesOf, isRecord, member, pointerTo, textMember, type JsonRecord } from "../schema/json.ts";
import { createSchemas, type Schemas } from "./normalise.ts";
import type { Child } from "../schema/schema.ts";

/** A parameter of an operation: path, query, header or cookie. */
export interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly pointer: string;
  readonly required: boolean;
  /** Whether it stands at the path, for all of its operations. */
  readonly shared: boolean;
  readonly schema: Child | undefined;
  readonly raw: JsonRecord;
}

/** A body in one media type. */
export interface Media {
  readonly pointer: string;
  readonly schema: Child | undefined;
}

export interface Header {
  readonly pointer: string;
  readonly required: boolean;
  readonly schema: Child | undefined;
}

export interface Response {
  readonly pointer: string;
  readonly content: ReadonlyMap<string, Media>;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, Header>;
}

export interface ApiOperation {
  /** Method and path template as the document writes them: `PUT /transfers/{ID}`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly pointer: string;
  readonly raw: JsonRecord;
  readonly parameters: readonly Parameter[];
  readonly body:
    | { readonly pointer: string; readonly required: boolean; readonly content: ReadonlyMap<string, Media> }
    | undefined;
  readonly responses: ReadonlyMap<string, Response>;
  /** What the server sends to an address out of the request, by name, address and method; those of a callback itself are not read. */
  readonly callbacks: ReadonlyMap<string, ApiOperation>;
}

/** What a document offers, ready to be compared. */
export interface Api {
  readonly document: Document;
  readonly schemas: Schemas;
  readonly title: string;
  readonly version: string;
  /** By method and path with the names of the path's parameters erased, since they do not travel. */
  readonly operations: ReadonlyMap<string, ApiOperation>;
  readonly webhooks: ReadonlyMap<string, ReadonlyMap<string, ApiOperation>>;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/** The method and path of an operation with its parameters unnamed: `PUT /transfers/{}`. */
export function anonymous(name: string): string {
  return name.replaceAll(/\{[^/{}]*\}/g, "{}");
}

/** Reads the operations of a document. */
export function readApi(document: Document): Api {
  const schemas = createSchemas(document);
  const read = createReader(document, schemas);
  const operations = new Map<string, ApiOperation>();
  for (const [path, item] of entriesOf(member(document.root, "paths"))) {
    if (path.startsWith("x-")) continue;
    for (const operation of read(item, path, pointerTo("#/paths", path))) {
      operations.set(anonymous(operation.name), operation);
    }
  }
  const webhooks = new Map<string, Map<string, ApiOperation>>();
  for (const [name, item] of entriesOf(member(document.root, "webhooks"))) {
    const found = read(item, name, pointerTo("#/webhooks", name));
    webhooks.set(name, new Map(found.map((operation) => [operation.method, operation])));
  }
  const info = member(document.root, "info");
  return {
    document,
    schemas,
    title: textMember(info, "title") ?? "",
    version: textMember(info, "version") ?? "",
    operations,
    webhooks,
  };
}

type OwnOperation = Omit<ApiOperation, "callbacks">;

type ReadOperations = (item: unknown, path: string, pointer: string) => ApiOperation[];

function createReader(document: Document, schemas: Schemas): ReadOperations {
  const follow = (value: unknown, pointer: string): { value: unknown; pointer: string } => {
    const ref = member(value, "$ref");
    return typeof ref === "string" ? document.resolve(ref) : { value, pointer };
  };
  const schemaAt = (holder: unknown, pointer: string): Child | undefined => {
    const raw = member(holder, "schema");
    return raw === undefined ? undefined : () => schemas.of(raw, `${pointer}/schema`);
  };
  const contentOf = (holder: unknown, pointer: string): Map<string, Media> =>
    new Map(
      entriesOf(member(holder, "content")).map(([type, raw]) => {
        const at = pointerTo(pointer, "content", type);
        const media = follow(raw, at);
        return [type, { pointer: media.pointer, schema: schemaAt(media.value, media.pointer) }];
      }),
    );

  const parametersOf = (holder: unknown, pointer: string, shared: boolean): Parameter[] => {
    const list = member(holder, "parameters");
    if (!Array.isArray(list)) return [];
    return list.flatMap((entry: unknown, i) => {
      const { value: raw, pointer: at } = follow(entry, pointerTo(pointer, "parameters", i));
      if (!isRecord(raw) || typeof raw["name"] !== "string" || typeof raw["in"] !== "string") return [];
      const [media] = [...contentOf(raw, at).values()];
      return [
        {
          in: raw["in"],
          name: raw["name"],
          pointer: at,
          required: raw["required"] === true || raw["in"] === "path",
          shared,
          schema: schemaAt(raw, at) ?? media?.schema,
          raw,
        },
      ];
    });
  };

  const responsesOf = (raw: unknown, pointer: string): Map<string, Response> =>
    new Map(
      entriesOf(member(raw, "responses")).map(([status, entry]) => {
        const response = follow(entry, pointerTo(pointer, "responses", status));
        const headers = entriesOf(member(response.value, "headers")).map(
          ([name, value]): [string, Header] => {
            const header = follow(value, pointerTo(response.pointer, "headers", name));
            return [
              name.toLowerCase(),
              {
                pointer: header.pointer,
                required: member(header.value, "required") === true,
                schema: schemaAt(header.value, header.pointer),
              },
            ];
          },
        );
        return [
          status,
          {
            pointer: response.pointer,
            content: contentOf(response.value, response.pointer),
            headers: new Map(headers),
          },
        ];
      }),
    );

  const bodyOf = (raw: unknown, pointer: string): ApiOperation["body"] => {
    const entry = member(raw, "requestBody");
    if (entry === undefined) return undefined;
    const body = follow(entry, `${pointer}/requestBody`);
    return {
      pointer: body.pointer,
      required: member(body.value, "required") === true,
      content: contentOf(body.value, body.pointer),
    };
  };

  const operationsOf = (rawItem: unknown, path: string, itemPointer: string): OwnOperation[] => {
    const item = follow(rawItem, itemPointer);
    return METHODS.flatMap((method) => {
      const raw = member(item.value, method);
      if (!isRecord(raw)) return [];
      const pointer = `${item.pointer}/${method}`;
      const own = parametersOf(raw, pointer, false);
      const shared = parametersOf(item.value, item.pointer, true).filter(
        ({ in: place, name }) => !own.some((parameter) => parameter.in === place && parameter.name === name),
      );
      return [
        {
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path,
          pointer,
          raw,
          parameters: [...shared, ...own],
          body: bodyOf(raw, pointer),
          responses: responsesOf(raw, pointer),
        },
      ];
    });
  };

  const callbacksOf = ({ name, raw, pointer }: OwnOperation): Map<string, ApiOperation> =>
    new Map(
      entriesOf(raw["callbacks"]).flatMap(([key, entry]) => {
        const callback = follow(entry, pointerTo(pointer, "callbacks", key));
        return entriesOf(callback.value)
          .filter(([address]) => !address.startsWith("x-"))
          .flatMap(([address, item]) => operationsOf(item, address, pointerTo(callback.pointer, address)))
          .map((sent): [string, ApiOperation] => [
            `${key} ${sent.name}`,
            { ...sent, name: `${name} callback ${key}`, callbacks: new Map() },
          ]);
      }),
    );

  return (item, path, pointer) =>
    operationsOf(item, path, pointer).map((own) => ({ ...own, callbacks: callbacksOf(own) }));
}

/** The body of a message that is compared where only one is wanted: JSON if there is any, else the first. */
export function mainMedia(content: ReadonlyMap<string, Media>): Media | undefined {
  for (const [type, media] of content) if (/[/+]json\b/.test(type)) return media;
  return [...content.values()][0];
}
