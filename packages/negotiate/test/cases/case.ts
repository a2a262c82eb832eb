import type { Offer } from "../../src/index.ts";

/** The outcome for the client: the versions agreed on, or a refusal. */
export type Expected =
  | {
      readonly status: 200 | 202;
      readonly accept?: string;
      readonly content?: string;
    }
  | {
      readonly status: 400 | 404 | 406;
      readonly errorCode: string;
      /** The versions that the body lists. */
      readonly listed?: readonly string[];
    };

/** One request to one server, with its outcome and the authority for it. */
export interface Case {
  readonly offer: Offer;
  readonly dialect?: "iso20022";
  readonly basePath?: string;
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly expected: Expected;
  readonly why: string;
}

export const T = "application/vnd.interoperability.transfers+json";
export const P = "application/vnd.interoperability.participants+json";

const ONES: Offer = { transfers: ["1.0", "1.1"] };

/** `"1.1"`: that version for the callback; `"406 1.0 1.1"`: refused, with that list; `"400 3101"`: refused with that error. */
export type Outcome = string;

type Lines = string | readonly string[];

/** A row about Accept on `POST /transfers`, whose body is 1.0 of an offer of 1.0 and 1.1 unless another is given. */
export type AcceptRow = readonly [accept: Lines, outcome: Outcome, why: string, versions?: readonly string[]];

export function acceptCases(rows: readonly AcceptRow[]): Case[] {
  return rows.map(([accept, outcome, why, versions]) => {
    const offer = versions ? { transfers: versions as Offer[string] } : ONES; // rows hold versions as text
    const [content = "1.0"] = versions ?? [];
    return {
      offer,
      method: "POST",
      path: "/transfers",
      headers: [
        ...linesOf("Accept", accept),
        ["Content-Type", `${T};version=${content.includes(".") ? content : `${content}.0`}`],
      ],
      expected: expectedOf(outcome, content.includes(".") ? content : `${content}.0`),
      why,
    };
  });
}

/** A row about Content-Type on `PUT /transfers/1`, of an offer of 1.0 and 1.1. */
export type ContentRow = readonly [contentType: Lines, outcome: Outcome, why: string];

export function contentCases(rows: readonly ContentRow[]): Case[] {
  return rows.map(([contentType, outcome, why]) => ({
    offer: ONES,
    method: "PUT",
    path: "/transfers/1",
    headers: linesOf("Content-Type", contentType),
    expected: /^\d+\.\d+$/.test(outcome) ? { status: 200, content: outcome } : expectedOf(outcome, "1.0"),
    why,
  }));
}

function linesOf(name: string, lines: Lines): (readonly [string, string])[] {
  return (typeof lines === "string" ? [lines] : lines).map((line) => [name, line]);
}

function expectedOf(outcome: Outcome, content: string): Expected {
  const [first = "", ...rest] = outcome.split(" ");
  if (first === "400") return { status: 400, errorCode: rest[0] ?? "" };
  if (first === "406") return { status: 406, errorCode: "3001", listed: rest };
  return { status: 202, accept: first, content };
}
