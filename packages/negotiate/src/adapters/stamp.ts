import type { ServerResponse } from "node:http";
import { isJsonObject, parseMediaType, readErrorBody } from "@mojaloop-versioning/protocol";
import type { HeaderFields, HttpRefusal } from "../core/negotiation.ts";

/** Puts header fields on a response; values of list fields are added to those already there. */
export function stamp(
  response: Pick<ServerResponse, "getHeader" | "setHeader">,
  headers: HeaderFields,
): void {
  for (const name in headers) {
    const value = headers[name] ?? "";
    response.setHeader(name, isListField(name) ? withMember(value, response.getHeader(name)) : value);
  }
}

/** Whether a field of a stamp is a list to which others may write too. */
export function isListField(name: string): boolean {
  return name === "vary" || name === "link";
}

/** A list field with one more member, unless it has that member already. */
export function withMember(member: string, present: unknown): string {
  const before = Array.isArray(present) ? present.join(", ") : present;
  if (typeof before !== "string" || before === "") return member;
  const members = before.toLowerCase().split(",");
  return members.some((other) => other.trim() === member.toLowerCase()) ? before : `${before}, ${member}`;
}

/**
 * The Content-Type that a response leaves with: exactly the stamped one where a framework has only rewritten it, such as
 * `; version="1.1"; charset=utf-8`; another type for an error body that is not FSPIOP's; what a handler has set otherwise.
 */
export function finalContentType(
  stamped: string,
  present: unknown,
  { status, body }: { readonly status: number; readonly body: unknown },
): unknown {
  if (present !== stamped && !isSameMediaType(stamped, present)) return present;
  if (status < 400 || isEmpty(body)) return stamped;
  const value = jsonOf(body);
  if (readErrorBody(value)) return stamped;
  return value === undefined ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
}

function isSameMediaType(stamped: string, present: unknown): boolean {
  const theirs = typeof present === "string" ? parseMediaType(present) : undefined;
  const ours = theirs && parseMediaType(stamped);
  return (
    ours !== undefined &&
    theirs?.resource === ours.resource &&
    theirs.dialect === ours.dialect &&
    theirs.version === ours.version
  );
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === null || body === "" || typeof body === "function";
}

// A stream cannot be read here; it counts as a text of unknown form.
function jsonOf(body: unknown): unknown {
  const text = body instanceof Uint8Array ? Buffer.from(body).toString() : body;
  if (typeof text !== "string") return isJsonObject(text) && !("pipe" in text) ? text : undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Makes a response of Node, or of a framework on top of it, leave with {@link finalContentType}. */
export function keepContentType(response: ServerResponse, stamped: string): void {
  const end = response.end.bind(response) as (...all: unknown[]) => ServerResponse; // all its overloads
  response.end = (...all: unknown[]): ServerResponse => {
    if (!response.headersSent) {
      const present = response.getHeader("content-type");
      const type = finalContentType(stamped, present, { status: response.statusCode, body: all[0] });
      if (type !== present && typeof type === "string") response.setHeader("content-type", type);
    }
    return end(...all);
  };
}

/** Sends a refusal on a response of Node. */
export function refuse(response: ServerResponse, { status, headers, body }: HttpRefusal): void {
  const text = JSON.stringify(body);
  stamp(response, headers);
  response.statusCode = status;
  response.setHeader("content-length", Buffer.byteLength(text));
  response.end(text);
}
