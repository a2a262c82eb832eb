import { createHash } from "node:crypto";
import { callbackPathOf, type Version } from "@mojaloop-versioning/protocol";

/** A message of the scheme, as its sender writes it. */
export interface Letter {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly resource: string;
  readonly source: string;
  readonly destination: string;
  readonly body: string;
}

/** A message as a party of the scheme got it. */
export interface Arrival extends Letter {
  readonly version: Version | undefined;
}

/** What is known outside all that can be killed: what was accepted, and what arrived where. */
export interface Ledger {
  /** A party's message was answered with 2xx. */
  readonly accepted: (by: string, letter: Letter) => void;
  /** A party's message was refused for good. */
  readonly refused: (by: string, letter: Letter, code: string) => void;
  /** A party got a message; `taken` where it means to answer 2xx. */
  readonly arrived: (at: string, arrival: Arrival, taken: boolean) => void;
  /** Whether a request of `source` has an outcome: its callback or its error callback. */
  readonly answered: (source: string, request: Letter) => boolean;
  readonly counts: () => Readonly<
    Record<"accepted" | "arrived" | "again" | "errorCallbacks" | "refused", number>
  >;
  /** Everything that is not as promised. */
  readonly judge: (versions: Readonly<Record<string, Version>>, hub: string) => readonly string[];
}

export function createLedger(): Ledger {
  const accepted: { readonly by: string; readonly letter: Letter }[] = [];
  const refusals: { readonly by: string; readonly letter: Letter; readonly code: string }[] = [];
  const arrivals = new Map<
    string,
    { readonly arrival: Arrival; times: number; taken: boolean; digests: Set<string> }
  >();

  const has = (at: string, key: string): boolean => arrivals.get(`${at} ${key}`)?.taken ?? false;
  const errorOf = (letter: Letter): string => `PUT ${conversationOf(letter)}/error`;

  return {
    accepted: (by, letter) => void accepted.push({ by, letter }),
    refused: (by, letter, code) => void refusals.push({ by, letter, code }),
    arrived(at, arrival, taken) {
      const key = `${at} ${keyOf(arrival)}`;
      const known = arrivals.get(key) ?? { arrival, times: 0, taken: false, digests: new Set<string>() };
      known.times += 1;
      known.taken ||= taken;
      known.digests.add(digestOf(arrival));
      arrivals.set(key, known);
    },
    answered: (source, request) =>
      has(source, `PUT ${conversationOf(request)}`) || has(source, errorOf(request)),
    counts: () => {
      const all = [...arrivals.values()];
      return {
        accepted: accepted.length,
        arrived: all.length,
        again: all.reduce((sum, { times }) => sum + times - 1, 0),
        errorCallbacks: all.filter(({ arrival }) => arrival.path.endsWith("/error")).length,
        refused: refusals.length,
      };
    },
    judge(versions, hub) {
      const wrong: string[] = [];
      for (const { by, letter } of accepted) {
        const { method, source, destination } = letter;
        const what = `${by}: ${keyOf(letter)} from ${source} to ${destination}`;
        if (!has(by === hub ? destination : hub, keyOf(letter)))
          wrong.push(`${what} was accepted and not handed on`);
        const told = method !== "PUT" && has(source, errorOf(letter));
        if (!has(destination, keyOf(letter)) && !told) wrong.push(`${what} was accepted and is lost`);
        if (told && has(source, `PUT ${conversationOf(letter)}`)) wrong.push(`${what} has two outcomes`);
      }
      for (const { by, letter, code } of refusals) {
        const told = by === hub && letter.method !== "PUT" && has(letter.source, errorOf(letter));
        if (!told)
          wrong.push(`${by}: ${keyOf(letter)} was refused with ${code}, and its source was not told`);
      }
      for (const [key, { arrival, digests }] of arrivals) {
        if (digests.size > 1) wrong.push(`${key} came with ${digests.size} bodies`);
        const at = key.slice(0, key.indexOf(" "));
        if (arrival.version !== versions[at]) wrong.push(`${key} came in ${arrival.version ?? "no version"}`);
        if (!isWhole(arrival)) wrong.push(`${key} came cut: ${arrival.body.slice(0, 40)}`);
      }
      return wrong;
    },
  };
}

/** The path of a conversation: where its callback goes. */
export function conversationOf({ method, path, body }: Pick<Letter, "method" | "path" | "body">): string {
  const to = callbackPathOf(method, path, method === "POST" ? readJson(body) : undefined) ?? path;
  return to.endsWith("/error") ? to.slice(0, -"/error".length) : to;
}

/** The same message has the same key wherever it is and in whatever version. */
export function keyOf(letter: Pick<Letter, "method" | "path" | "body">): string {
  return `${letter.method} ${letter.method === "POST" ? conversationOf(letter) : letter.path}`;
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isWhole({ method, body }: Arrival): boolean {
  return method === "GET" ? body === "" : typeof readJson(body) === "object";
}

function digestOf({ version, body }: Arrival): string {
  return createHash("sha256")
    .update(`${version ?? ""}\n${body}`)
    .digest("hex");
}
