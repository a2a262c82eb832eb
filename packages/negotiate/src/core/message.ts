/** Header fields as a server has them: Node's object, Node's raw list, or pairs in wire order. Test tools write numbers too. */
export type MessageHeaders =
  | Readonly<Record<string, string | number | readonly string[] | undefined>>
  | readonly string[]
  | readonly (readonly [name: string, value: string])[];

/** The first line and the header fields of one message. */
export interface Message {
  readonly method: string;
  /** The request target as sent, with its query. Below a mounted path: the rest of it. */
  readonly url: string;
  /** Prefer the raw list: Node's object hides a second Content-Type line. */
  readonly headers: MessageHeaders;
  /** The path at which a router has mounted the adapter, which is before `url`. Default: none. */
  readonly mountPath?: string;
}

/** The fields that decide a negotiation. */
export interface Fields {
  /** All Accept lines as one list (RFC 9110 5.3); `undefined` where there is none. */
  accept: string | undefined;
  /** The Content-Type line; `undefined` where there is none. */
  contentType: string | undefined;
  /** Further Content-Type lines that differ from the first. */
  moreContentTypes: string[] | undefined;
  source: string | undefined;
  /** Whether there are FSPIOP-Source lines that differ. */
  contradictorySource: boolean;
}

/** Reads the fields that decide, in time linear in the number of fields. */
export function readFields(headers: MessageHeaders): Fields {
  const fields: Fields = {
    accept: undefined,
    contentType: undefined,
    moreContentTypes: undefined,
    source: undefined,
    contradictorySource: false,
  };
  if (!isList(headers)) {
    readObject(headers, fields);
  } else if (isRaw(headers)) {
    for (let i = 0; i + 1 < headers.length; i += 2) add(fields, headers[i] ?? "", headers[i + 1] ?? "");
  } else {
    for (const [name, value] of headers) add(fields, name, value);
  }
  return fields;
}

/** The lines of one field, by its name in lower case. */
export function linesOf(headers: MessageHeaders, name: string): string[] {
  const lines: string[] = [];
  if (!isList(headers)) {
    for (const [key, value] of Object.entries(headers)) {
      if (is(key, name, name)) lines.push(...linesOfValue(value));
    }
  } else if (isRaw(headers)) {
    for (let i = 0; i + 1 < headers.length; i += 2) {
      if (is(headers[i] ?? "", name, name)) lines.push(headers[i + 1] ?? "");
    }
  } else {
    for (const [key, value] of headers) if (is(key, name, name)) lines.push(value);
  }
  return lines;
}

type HeaderObject = Extract<MessageHeaders, Readonly<Record<string, unknown>>>;

function readObject(headers: HeaderObject, fields: Fields): void {
  const { accept, "content-type": contentType, "fspiop-source": source } = headers;
  if (
    typeof accept === "string" &&
    typeof contentType === "string" &&
    (source === undefined || typeof source === "string")
  ) {
    fields.accept = accept;
    fields.contentType = contentType;
    fields.source = source;
    return;
  }
  // A field is absent, repeated, or not in lower case.
  for (const [name, value] of Object.entries(headers)) {
    for (const line of linesOfValue(value)) add(fields, name, line);
  }
}

function linesOfValue(value: HeaderObject[string]): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" ? value : value === undefined ? [] : [String(value)];
}

// Most other fields have another length, so their names are not compared.
function add(fields: Fields, name: string, value: string): void {
  switch (name.length) {
    case 6:
      if (is(name, "accept", "Accept")) {
        fields.accept = fields.accept === undefined ? value : `${fields.accept}, ${value}`;
      }
      break;
    case 12:
      if (is(name, "content-type", "Content-Type")) {
        if (fields.contentType === undefined) fields.contentType = value;
        else if (fields.contentType !== value) (fields.moreContentTypes ??= []).push(value);
      }
      break;
    case 13:
      if (is(name, "fspiop-source", "FSPIOP-Source")) {
        if (fields.source === undefined) fields.source = value;
        else if (fields.source !== value) fields.contradictorySource = true;
      }
      break;
  }
}

function is(name: string, lower: string, usual: string): boolean {
  return name === usual || name === lower || (name.length === lower.length && name.toLowerCase() === lower);
}

function isList(headers: MessageHeaders): headers is Exclude<MessageHeaders, HeaderObject> {
  return Array.isArray(headers);
}

function isRaw(headers: Exclude<MessageHeaders, HeaderObject>): headers is readonly string[] {
  return typeof headers[0] === "string";
}
