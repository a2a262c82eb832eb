/** Header fields as a server has them: Node's object, Node's raw list, or pairs in wire order. */
export type MessageHeaders =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | readonly string[]
  | readonly (readonly [name: string, value: string])[];

/** What is negotiated: the first line and the header fields of one message. */
export interface Message {
  readonly method: string;
  /** The request target as sent, query and all. */
  readonly url: string;
  /** Prefer the raw list: Node's object hides a second Content-Type line. */
  readonly headers: MessageHeaders;
}

/** The three fields that count. */
export interface Fields {
  /** All Accept lines as one list (RFC 9110 5.3); `undefined` where there is none. */
  accept: string | undefined;
  /** The Content-Type line; `undefined` where there is none. */
  contentType: string | undefined;
  /** Further Content-Type lines that differ from the first by a character or more. */
  moreContentTypes: string[] | undefined;
  source: string | undefined;
}

/** Finds the fields that count, in time linear in the number of fields. */
export function readFields(headers: MessageHeaders): Fields {
  const fields: Fields = {
    accept: undefined,
    contentType: undefined,
    moreContentTypes: undefined,
    source: undefined,
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

type HeaderObject = Extract<MessageHeaders, Readonly<Record<string, unknown>>>;

function readObject(headers: HeaderObject, fields: Fields): void {
  const { accept, "content-type": contentType, "fspiop-source": source } = headers;
  if (typeof accept === "string" && typeof contentType === "string" && typeof source !== "object") {
    fields.accept = accept;
    fields.contentType = contentType;
    fields.source = source;
    return;
  }
  // Something is absent, repeated, or written in other letters than Node's.
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === "string") add(fields, name, value);
    else if (value !== undefined) for (const line of value) add(fields, name, line);
  }
}

// The length tells nearly every other field apart without reading its name.
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
      if (is(name, "fspiop-source", "FSPIOP-Source")) fields.source ??= value;
      break;
  }
}

function is(name: string, lower: string, usual: string): boolean {
  return name === usual || name === lower || name.toLowerCase() === lower;
}

function isList(headers: MessageHeaders): headers is Exclude<MessageHeaders, HeaderObject> {
  return Array.isArray(headers);
}

function isRaw(headers: Exclude<MessageHeaders, HeaderObject>): headers is readonly string[] {
  return typeof headers[0] === "string";
}
