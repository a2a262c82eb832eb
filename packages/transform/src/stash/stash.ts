import {
  canonicalJson,
  isJsonObject,
  isVersion,
  ownMember,
  type Version,
} from "@mojaloop-versioning/protocol";
import { hashOf } from "../values/hash.ts";
import { write } from "../compile/move.ts";
import type { Stashed } from "../compile/run.ts";

/** The change id in reports for actions of the stash. */
export const STASH = "stash";

// The keys of our entries in an extension list: this prefix and a number.
const KEY = "mojaver-stash-";
// The longest value of an entry and the most entries of a list (API Definition 7.4.3, 7.4.4).
const MAX_VALUE = 128;
const MAX_ENTRIES = 16;
// The length of the guard: 16 bytes of SHA-256 in base64url.
const GUARD = 22;

/** A body without its stash, and the stash. */
export interface Unpacked {
  readonly body: unknown;
  /** The stash if it belongs to this body; otherwise it is stale and ignored. */
  readonly stashed: Stashed | undefined;
  readonly stale: boolean;
}

/** Whether the extension list at `place` contains a stash, valid or stale. */
export function holdsStash(body: unknown, place: readonly string[]): boolean {
  const entries = ownMember(at(body, place), "extension");
  return Array.isArray(entries) && entries.some(isOurs);
}

/** Takes a stash out of the extension list at `place`; undefined if there is none. */
export function unpack(body: unknown, place: readonly string[]): Unpacked | undefined {
  const list = at(body, place);
  if (list === undefined) return undefined;
  const entries = ownMember(list, "extension");
  if (!Array.isArray(entries) || !isJsonObject(list) || !entries.some(isOurs)) return undefined;
  const others = entries.filter((entry) => !isOurs(entry));
  const visible = write(body, place, others.length > 0 ? { ...list, extension: others } : undefined);
  const text = entries
    .filter(isOurs)
    .sort((a, b) => Number(a.key.slice(KEY.length)) - Number(b.key.slice(KEY.length)))
    .map(({ value }) => value)
    .join("");
  const content = text.slice(GUARD);
  const stashed = text.slice(0, GUARD) === hash(visible, content) ? parseStash(content) : undefined;
  return { body: visible, stashed, stale: stashed === undefined };
}

/** Puts a stash and its guard into the extension list at `place`; undefined if there is no room. */
export function pack(body: unknown, place: readonly string[], stashed: Stashed): unknown {
  if (!isJsonObject(at(body, place.slice(0, -1)))) return undefined;
  const list = at(body, place);
  const entries = list === undefined ? [] : ownMember(list, "extension");
  if (!Array.isArray(entries) || entries.some(isOurs)) return undefined;
  const content = canonicalJson(stashed);
  const room = (MAX_ENTRIES - entries.length) * MAX_VALUE;
  if (GUARD + content.length > room) return undefined;
  const chunks = chunksOf(hash(body, content) + content);
  if (entries.length + chunks.length > MAX_ENTRIES) return undefined;
  const ours = chunks.map((value, i) => ({ key: `${KEY}${i + 1}`, value }));
  const extension: unknown[] = [...(entries as unknown[]), ...ours]; // items of unknown JSON
  return write(body, place, { ...(isJsonObject(list) && list), extension });
}

/** The key of a body's stash in a stash store. */
export function storeKey(body: unknown): string {
  return hash(body, "");
}

/** Parses the text of a stash. */
export function parseStash(text: string): Stashed | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const stashed: Stashed = {};
  for (const [version, values] of Object.entries(value)) {
    if (isVersion(version) && isJsonObject(values)) stashed[version] = { ...values };
  }
  return Object.keys(stashed).length > 0 ? stashed : undefined;
}

/** The versions that a stash has values for. */
export function versionsIn(stashed: Stashed): Version[] {
  return Object.keys(stashed).filter(isVersion);
}

function isOurs(entry: unknown): entry is { readonly key: string; readonly value: string } {
  const key = ownMember(entry, "key");
  if (typeof key !== "string" || !key.startsWith(KEY)) return false;
  return /^[1-9]\d?$/.test(key.slice(KEY.length)) && typeof ownMember(entry, "value") === "string";
}

function at(body: unknown, path: readonly string[]): unknown {
  let value = body;
  for (const key of path) value = ownMember(value, key);
  return value;
}

function hash(visible: unknown, content: string): string {
  const bytes = hashOf("sha256", canonicalJson(visible ?? null), "\n", content);
  return bytes.toString("base64url").slice(0, GUARD);
}

// Never cuts a pair of surrogates in two.
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
