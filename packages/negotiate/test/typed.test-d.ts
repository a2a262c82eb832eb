import type { Request } from "express";
import { expectTypeOf } from "vitest";
import type { Version } from "@mojaloop-versioning/protocol";
import {
  createNegotiator,
  offerOf,
  type Negotiated,
  type NegotiatorOptions,
  type RegisteredNegotiated,
} from "../src/index.ts";
import { byVersion, requestAgreement } from "../src/express.ts";
import { pathVersioning, versioning } from "../src/node.ts";

declare const message: Parameters<ReturnType<typeof createNegotiator>["negotiate"]>[0];

// An offer written in place is literal without `as const`; the versions are unions, by resource.
const outcome = createNegotiator({ offer: { transfers: ["1.0", "1.1", "2.0"], quotes: ["1.0"] } }).negotiate(
  message,
);
if (outcome.ok && outcome.managed) {
  expectTypeOf(outcome.resource).toEqualTypeOf<"transfers" | "quotes">();
  expectTypeOf(outcome.accept).toEqualTypeOf<"1.0" | "1.1" | "2.0" | undefined>();
  // Comparing narrows: only transfers has a 2.0.
  if (outcome.accept === "2.0") expectTypeOf(outcome.resource).toEqualTypeOf<"transfers">();
  if (outcome.resource === "quotes") expectTypeOf(outcome.content).toEqualTypeOf<"1.0">();
  // @ts-expect-error nobody offers 3.0
  expectTypeOf(outcome.accept === "3.0").toBeBoolean();
}
// On a request `accept` is always there, on a callback never.
if (outcome.ok && outcome.managed && outcome.kind === "request") {
  expectTypeOf(outcome.accept).toEqualTypeOf<"1.0" | "1.1" | "2.0">();
  expectTypeOf(outcome.callbackContentType).toEqualTypeOf<string>();
}
if (outcome.ok && outcome.managed && outcome.kind !== "request") {
  expectTypeOf(outcome.accept).toEqualTypeOf<undefined>();
}
if (!outcome.ok) expectTypeOf(outcome.status).toEqualTypeOf<number>();

// A content list of its own gives `content` its own union; what is in one list alone has nothing of the other.
const read = createNegotiator({
  offer: { transfers: ["1.0"] },
  content: { transfers: ["1.1"], quotes: ["2.0"] },
});
const readOutcome = read.negotiate(message);
if (readOutcome.ok && readOutcome.managed && readOutcome.resource === "transfers") {
  expectTypeOf(readOutcome.accept).toEqualTypeOf<"1.0" | undefined>();
  expectTypeOf(readOutcome.content).toEqualTypeOf<"1.1">();
}

// `"1"` is `"1.0"`.
expectTypeOf<Negotiated<{ transfers: readonly ["1", "1.1"] }>["content"]>().toEqualTypeOf<"1.0" | "1.1">();

// Options of unknown versions give any version.
declare const open: NegotiatorOptions;
const opened = createNegotiator(open).negotiate(message);
if (opened.ok && opened.managed) expectTypeOf(opened.content).toEqualTypeOf<Version>();

// API versions make offers with the right list for each resource.
const v1_0 = { resources: { transfers: "1.0", authorizations: "1.0" } } as const;
const v1_1 = { resources: { transfers: "1.1", authorizations: "1.0" } } as const;
const offer = offerOf([v1_0, v1_1]);
expectTypeOf(offer.transfers).toEqualTypeOf<readonly ("1.0" | "1.1")[]>();
expectTypeOf(offer.authorizations).toEqualTypeOf<readonly "1.0"[]>();
expectTypeOf(offerOf(v1_1).transfers).toEqualTypeOf<readonly "1.1"[]>();
expectTypeOf<Negotiated<typeof offer>["content"]>().toEqualTypeOf<"1.0" | "1.1">();

// The node adapter keeps the types, also those of paths.
declare const req: Parameters<ReturnType<typeof versioning>>[0];
declare const res: Parameters<ReturnType<typeof versioning>>[1];
const onNode = versioning({ offer: { quotes: ["1.0"] } })(req, res);
if (onNode?.managed) expectTypeOf(onNode.resource).toEqualTypeOf<"quotes">();
expectTypeOf(
  pathVersioning({ prefixes: { "/v1": "1.1", "/v2": "2.0" } })(req, res)?.apiVersion,
).toEqualTypeOf<"1.1" | "2.0" | undefined>();

// @ts-expect-error a version is text
createNegotiator({ offer: { transfers: [1.1] } });
// @ts-expect-error the offer is not optional
createNegotiator({});

// On Express a request may have no agreement, requestAgreement has one, and byVersion knows the version of the body.
declare const request: Request;
expectTypeOf(request.fspiop).toEqualTypeOf<RegisteredNegotiated | undefined>();
expectTypeOf(requestAgreement(request).accept).toEqualTypeOf<Version>();
byVersion({
  "1.0": (req) => void expectTypeOf(req.fspiop.content).toEqualTypeOf<"1.0">(),
  "1.1+": (req) => void expectTypeOf(req.fspiop.content).toEqualTypeOf<Version>(),
});
// @ts-expect-error a key is a version
byVersion({ one: () => undefined });
