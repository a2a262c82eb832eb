import type { Document } from "./document.ts";
import { entriesOf, member, pointerTo, textMember, type JsonRecord } from "../schema/json.ts";
import { createSchemas, type Schemas } from "./normalise.ts";
import { readOperations } from "./operation-reader.ts";
import type { Child } from "../schema/schema.ts";

/** A parameter of an operation: path, query, header or cookie. */
export interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly pointer: string;
  readonly required: boolean;
  /** Whether it is declared at the path, for all its operations. */
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
  /** What the server sends to an address from the request, by name, address and method. */
  readonly callbacks: ReadonlyMap<string, ApiOperation>;
}

/** What a document offers, ready to be compared. */
export interface Api {
  readonly document: Document;
  readonly schemas: Schemas;
  readonly title: string;
  readonly version: string;
  /** By method and path without the names of path parameters, since they are not sent. */
  readonly operations: ReadonlyMap<string, ApiOperation>;
  /** Operations whose method and path another one has already; the later one counts. */
  readonly duplicates: readonly ApiOperation[];
  readonly webhooks: ReadonlyMap<string, ReadonlyMap<string, ApiOperation>>;
}

/** The method and path of an operation with its parameters unnamed: `PUT /transfers/{}`. */
export function anonymous(name: string): string {
  return name.replaceAll(/\{[^/{}]*\}/g, "{}");
}

/** Reads the operations of a document. */
export function readApi(document: Document): Api {
  const schemas = createSchemas(document);
  const reader = { document, schemas };
  const operations = new Map<string, ApiOperation>();
  const duplicates: ApiOperation[] = [];
  for (const [path, value] of entriesOf(member(document.root, "paths"))) {
    if (path.startsWith("x-")) continue;
    for (const operation of readOperations(reader, { value, pointer: pointerTo("#/paths", path) }, path)) {
      const key = anonymous(operation.name);
      if (operations.has(key)) duplicates.push(operation);
      operations.set(key, operation);
    }
  }
  const webhooks = new Map<string, Map<string, ApiOperation>>();
  for (const [name, value] of entriesOf(member(document.root, "webhooks"))) {
    const found = readOperations(reader, { value, pointer: pointerTo("#/webhooks", name) }, name);
    webhooks.set(name, new Map(found.map((operation) => [operation.method, operation])));
  }
  const info = member(document.root, "info");
  return {
    document,
    schemas,
    title: textMember(info, "title") ?? "",
    version: textMember(info, "version") ?? "",
    operations,
    duplicates,
    webhooks,
  };
}

/** The body of a message that is compared where one media type is enough: JSON if present, else the first. */
export function mainMedia(content: ReadonlyMap<string, Media>): Media | undefined {
  for (const [type, media] of content) if (/[/+]json\b/.test(type)) return media;
  return [...content.values()][0];
}
