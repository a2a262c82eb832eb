import { isVersion, type Version } from "@mojaloop-versioning/protocol";
import { digest } from "./digest.ts";
import { canonicalJson, isObject, memberOf } from "./json.ts";
import { write } from "./move.ts";
import type { Stashed } from "./run.ts";

/** Stands in a report where a change's id would, for what the stash did. */
export const STASH = "stash";

/** How our entries in an extension list are known; a number follows. */
const KEY = "mojaver-stash-";
/** Longest value of an entry and most entries of a list (API Definition 7.4.3, 7.4.4). */
const MAX_VALUE = 128;
const MAX_ENTRIES = 16;
/** Length of the guard: 16 bytes of SHA-256 in base64url. */
const GUARD = 22;

/** A body with its stash taken out. */
export interface Unpacked {
  readonly body: unknown;
  /** The stash, if the body is the one it was made for; otherwise it is stale and lost. */
  readonly stashed: Stashed | undefined;
  readonly stale: boolean;
}

/** Whether the extension list at `place` bears a stash, fresh or stale. */
export function holdsStash(body: unknown, place: readonly string[]): boolean {
  const entries = memberOf(at(body, place), "extension");
  return Array.isArray(entries) && entries.some(isOurs);
}

/** Takes a stash out of the extension list at `place`. Undefined where there is none. */
export function unpack(body: unknown, place: readonly string[]): Unpacked | undefined {
  const list = at(body, place);
  if (list === undefined) return undefined;
  const entries = memberOf(list, "extension");
  if (!Array.isArray(entries) || !isObject(list) || !entries.some(isOurs)) return undefined;
  const others = entries.filter((entry) => !isOurs(entry));
  const visible = write(body, place, others.length > 0 ? { ...list, extension: others } : undefined);
  const text = entries
    .filter(isOurs)
    .sort((a, b) => Number(a.key.slice(KEY.length)) - Number(b.key.slice(KEY.length)))
    .map(({ value }) => value)
    .join("");
  const content = text.slice(GUARD);
  const stashed = text.slice(0, GUARD) === hash(visible, content) ? parse(content) : undefined;
  return { body: visible, stashed, stale: stashed === undefined };
}

/** Puts a stash into the extension list at `place`, guarded. Undefined where it finds no room. */
export function pack(body: unknown, place: readonly string[], stashed: Stashed): unknown {
  if (!isObject(at(body, place.slice(0, -1)))) return undefined;
  const list = at(body, place);
  const entries = list === undefined ? [] : memberOf(list, "extension");
  if (!Array.isArray(entries) || entries.some(isOurs)) return undefined;
  const content = canonicalJson(stashed);
  const room = (MAX_ENTRIES - entries.length) * MAX_VALUE;
  if (GUARD + content.length > room) return undefined;
  const chunks = chunksOf(hash(body, content) + content);
  if (entries.length + chunks.length > MAX_ENTRIES) return undefined;
  const ours = chunks.map((value, i) => ({ key: `${KEY}${i + 1}`, value }));
  const extension: unknown[] = [...(entries as unknown[]), ...ours]; // items of unknown JSON
  return write(body, place, { ...(isObject(list) && list), extension });
}

/** The key under which a store keeps the stash of a body that has no room for it. */
export function storeKey(body: unknown): string {
  return hash(body, "");
}

/** Reads what a store gave back. */
export function parse(text: string): Stashed | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const stashed: Stashed = {};
  for (const [version, values] of Object.entries(value)) {
    if (isVersion(version) && isObject(values)) stashed[version] = { ...values };
  }
  return Object.keys(stashed).length > 0 ? stashed : undefined;
}

/** The versions that a stash holds something for. */
export function versionsIn(stashed: Stashed): Version[] {
  return Object.keys(stashed).filter(isVersion);
}

function isOurs(entry: unknown): entry is { readonly key: string; readonly value: string } {
  const key = memberOf(entry, "key");
  if (typeof key !== "string" || !key.startsWith(KEY)) return false;
  return /^[1-9]\d?$/.test(key.slice(KEY.length)) && typeof memberOf(entry, "value") === "string";
}

function at(body: unknown, path: readonly string[]): unknown {
  let value = body;
  for (const key of path) value = memberOf(value, key);
  return value;
}

function hash(visible: unknown, content: string): string {
  const bytes = digest("sha256", canonicalJson(visible ?? null), "\n", content);
  return bytes.toString("base64url").slice(0, GUARD);
}

// A pair of surrogates is never cut in two.
function chunksOf(text: string): string[] {
  const chunks: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + MAX_VALUE, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last < 0xdc00) end--;
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}
