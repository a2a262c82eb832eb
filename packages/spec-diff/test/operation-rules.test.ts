import { expect, test } from "vitest";
import { diffSpecs, RULES, type Finding } from "../src/index.ts";

const TODAY = "2026-11-21";

function api(operation: object | undefined, more: object = {}): object {
  const paths = operation ? { "/things/{id}": { post: { responses: {}, ...operation } } } : {};
  return { openapi: "3.1.0", info: { title: "T", version: "1.0" }, paths, ...more };
}

const json = (schema: object): object => ({ content: { "application/json": { schema } } });
const media = (type: string, schema: object = {}): object => ({ content: { [type]: { schema } } });
const until = (sunset: string): object => ({ deprecated: true, "x-sunset": sunset });
const parameter = (more: object): object => ({
  parameters: [{ in: "query", name: "q", schema: { type: "string" }, ...more }],
});
const answer = (more: object): object => ({ responses: { 200: { description: "OK", ...more } } });
const oauth = (flow: object): object => ({
  components: {
    securitySchemes: {
      o: { type: "oauth2", flows: { implicit: { authorizationUrl: "/a", scopes: {}, ...flow } } },
    },
  },
});

const callback = (name: string, operation: object = { responses: {} }): object => ({
  callbacks: { [name]: { "{$request.body#/url}": { post: operation } } },
});

type Row = [
  id: string,
  base: object,
  revision: object,
  oldToNew: Finding["oldToNew"],
  newToOld: Finding["newToOld"],
];

// OpenAPI 3.1, each row read as base and revision
test.each<Row>([
  ["endpoint-added", api(undefined), api({}), "ok", "ok"],
  ["api-path-removed-without-deprecation", api({}), api(undefined), "breaks", "ok"],
  [
    "api-path-removed-with-deprecation",
    api({ deprecated: true, "x-sunset": "2026-01-01" }),
    api(undefined),
    "breaks",
    "ok",
  ],
  [
    "api-path-removed-before-sunset",
    api({ deprecated: true, "x-sunset": "2027-01-01" }),
    api(undefined),
    "breaks",
    "ok",
  ],
  ["api-path-sunset-parse", api({ deprecated: true, "x-sunset": "soon" }), api(undefined), "breaks", "ok"],
  ["endpoint-deprecated", api({}), api({ deprecated: true }), "ok", "ok"],
  ["endpoint-reactivated", api({ deprecated: true }), api({}), "ok", "ok"],
  ["api-deprecated-sunset-parse", api({}), api({ deprecated: true, "x-sunset": "soon" }), "ok", "ok"],
  ["api-sunset-date-too-small", api({}), api({ deprecated: true, "x-sunset": "2020-01-01" }), "ok", "ok"],
  [
    "api-sunset-deleted",
    api({ deprecated: true, "x-sunset": "2027-01-01" }),
    api({ deprecated: true }),
    "ok",
    "ok",
  ],
  [
    "api-sunset-date-changed-too-small",
    api({ deprecated: true, "x-sunset": "2027-05-01" }),
    api({ deprecated: true, "x-sunset": "2026-11-20" }),
    "ok",
    "ok",
  ],
  [
    "api-sunset-date-earlier",
    api({ deprecated: true, "x-sunset": "2027-05-01" }),
    api({ deprecated: true, "x-sunset": "2027-01-01" }),
    "ok",
    "ok",
  ],
  [
    "api-stability-decreased",
    api({ "x-stability-level": "stable" }),
    api({ "x-stability-level": "alpha" }),
    "ok",
    "ok",
  ],
  [
    "api-stability-increased",
    api({ "x-stability-level": "alpha" }),
    api({ "x-stability-level": "beta" }),
    "ok",
    "ok",
  ],
  ["api-invalid-stability-level", api({}), api({ "x-stability-level": "wobbly" }), "ok", "ok"],
  ["api-operation-id-added", api({}), api({ operationId: "a" }), "ok", "ok"],
  ["api-operation-id-removed", api({ operationId: "a" }), api({ operationId: "b" }), "ok", "ok"],
  ["api-tag-added", api({}), api({ tags: ["a"] }), "ok", "ok"],
  ["api-tag-removed", api({ tags: ["a"] }), api({}), "ok", "ok"],
  [
    "request-body-added-required",
    api({}),
    api({ requestBody: { required: true, ...json({}) } }),
    "breaks",
    "ok",
  ],
  ["request-body-added-optional", api({}), api({ requestBody: json({}) }), "ok", "ok"],
  ["request-body-removed", api({ requestBody: json({}) }), api({}), "unproven", "ok"],
  [
    "request-body-became-required",
    api({ requestBody: json({}) }),
    api({ requestBody: { required: true, ...json({}) } }),
    "breaks",
    "ok",
  ],
  [
    "request-body-became-optional",
    api({ requestBody: { required: true, ...json({}) } }),
    api({ requestBody: json({}) }),
    "ok",
    "breaks",
  ],
  [
    "request-body-media-type-added",
    api({ requestBody: { content: {} } }),
    api({ requestBody: json({}) }),
    "ok",
    "breaks",
  ],
  [
    "request-body-media-type-removed",
    api({ requestBody: json({}) }),
    api({ requestBody: { content: {} } }),
    "breaks",
    "ok",
  ],
  ["response-media-type-removed", api(answer(json({}))), api(answer({ content: {} })), "ok", "unproven"],
  // RFC 6838, 4.2.8: a structured suffix names the syntax that the type builds on
  [
    "response-media-type-name-specialized",
    api(answer(media("application/json"))),
    api(answer(media("application/problem+json"))),
    "ok",
    "ok",
  ],
  [
    "response-media-type-name-generalized",
    api(answer(media("application/problem+json"))),
    api(answer(media("application/json"))),
    "ok",
    "unproven",
  ],
  [
    "response-media-type-name-changed",
    api(answer(media("text/csv"))),
    api(answer(media("text/csv; header=present"))),
    "ok",
    "unproven",
  ],
  ["response-success-status-removed", api(answer({})), api({}), "ok", "unproven"],
  [
    "response-non-success-status-added",
    api({}),
    api({ responses: { 404: { description: "No" } } }),
    "ok",
    "ok",
  ],
  [
    "required-response-header-removed",
    api(answer({ headers: { A: { required: true } } })),
    api(answer({})),
    "ok",
    "breaks",
  ],
  ["optional-response-header-removed", api(answer({ headers: { A: {} } })), api(answer({})), "ok", "ok"],
  [
    "response-header-became-optional",
    api(answer({ headers: { A: { required: true } } })),
    api(answer({ headers: { A: {} } })),
    "ok",
    "breaks",
  ],
  ["new-required-request-parameter", api({}), api(parameter({ required: true })), "breaks", "ok"],
  ["new-optional-request-parameter", api({}), api(parameter({})), "ok", "ok"],
  ["request-parameter-removed", api(parameter({ required: true })), api({}), "ok", "breaks"],
  ["request-parameter-removed-with-deprecation", api(parameter({ deprecated: true })), api({}), "ok", "ok"],
  ["request-parameter-removed-before-sunset", api(parameter(until("2027-01-01"))), api({}), "ok", "ok"],
  ["request-parameter-sunset-parse", api(parameter(until("soon"))), api({}), "ok", "ok"],
  ["request-parameter-sunset-parse", api(parameter({})), api(parameter(until("soon"))), "ok", "ok"],
  [
    "request-parameter-sunset-date-too-small",
    api(parameter({})),
    api(parameter(until("2026-11-20"))),
    "ok",
    "ok",
  ],
  ["request-parameter-deprecated", api(parameter({})), api(parameter(until("2026-11-21"))), "ok", "ok"],
  [
    "request-parameter-sunset-deleted",
    api(parameter(until("2027-01-01"))),
    api(parameter({ deprecated: true })),
    "ok",
    "ok",
  ],
  [
    "request-parameter-sunset-date-changed-too-small",
    api(parameter(until("2027-01-01"))),
    api(parameter(until("2026-11-20"))),
    "ok",
    "ok",
  ],
  [
    "request-parameter-sunset-date-earlier",
    api(parameter(until("2027-05-01"))),
    api(parameter(until("2027-01-01"))),
    "ok",
    "ok",
  ],
  [
    "request-parameter-became-required",
    api(parameter({})),
    api(parameter({ required: true })),
    "breaks",
    "ok",
  ],
  [
    "request-parameter-became-optional",
    api(parameter({ required: true })),
    api(parameter({})),
    "ok",
    "breaks",
  ],
  [
    "request-parameter-serialization-changed",
    api(parameter({})),
    api(parameter({ explode: false })),
    "unproven",
    "unproven",
  ],
  [
    "request-parameter-type-generalized",
    api(parameter({ schema: { type: "integer" } })),
    api(parameter({})),
    "ok",
    "breaks",
  ],
  [
    "api-security-removed",
    api({ security: [{ a: [] }, { b: [] }] }),
    api({ security: [{ a: [] }] }),
    "unproven",
    "ok",
  ],
  [
    "api-security-added",
    api({ security: [{ a: [] }] }),
    api({ security: [{ a: [] }, { b: [] }] }),
    "ok",
    "ok",
  ],
  [
    "api-security-scope-added",
    api({ security: [{ a: [] }] }),
    api({ security: [{ a: ["s"] }] }),
    "unproven",
    "ok",
  ],
  [
    "api-global-security-scope-removed",
    api({}, { security: [{ a: ["s"] }] }),
    api({}, { security: [{ a: [] }] }),
    "ok",
    "ok",
  ],
  ["api-security-component-added", api({}), api({}, oauth({})), "ok", "ok"],
  [
    "api-security-component-oauth-url-changed",
    api({}, oauth({})),
    api({}, oauth({ authorizationUrl: "/b" })),
    "ok",
    "ok",
  ],
  [
    "api-security-component-oauth-scope-added",
    api({}, oauth({})),
    api({}, oauth({ scopes: { s: "" } })),
    "ok",
    "ok",
  ],
  ["api-schema-removed", api({}, { components: { schemas: { A: {} } } }), api({}), "ok", "ok"],
  ["callback-removed", api(callback("C")), api({}), "breaks", "ok"],
  ["callback-added", api({}), api(callback("C")), "ok", "ok"],
  ["webhook-removed", api({}, { webhooks: { w: {} } }), api({}), "breaks", "ok"],
  ["webhook-added", api({}), api({}, { webhooks: { w: {} } }), "ok", "ok"],
])("%s", (id, base, revision, oldToNew, newToOld) => {
  const { findings } = diffSpecs(base, revision, { today: TODAY });
  const found = findings.find((finding) => finding.id === id);
  expect(findings.map((finding) => finding.id)).toContain(id);
  expect([found?.oldToNew, found?.newToOld]).toEqual([oldToNew, newToOld]);
  // Where nothing is proved, the level is the one of the table.
  if (oldToNew === "ok" && newToOld === "ok") expect(found?.level).toBe(RULES.get(id)?.level);
});

test("a path parameter that is only renamed is the same parameter", () => {
  const path = (name: string): object => ({
    openapi: "3.0.3",
    info: { title: "T", version: "1.0" },
    paths: {
      [`/things/{${name}}`]: {
        get: { parameters: [{ in: "path", name, required: true, schema: {} }], responses: {} },
      },
    },
  });
  expect(diffSpecs(path("id"), path("thingId")).findings).toMatchObject([
    { id: "path-parameter-renamed", level: "info" },
  ]);
});

// OpenAPI 3.1, 4.8.18
test("what a callback sends is received by the party that gave the address", () => {
  const sends = (type: string): object =>
    api(callback("done", { requestBody: json({ type }), responses: {} }));
  const { findings, resources } = diffSpecs(sends("integer"), sends("number"), { profile: "fspiop" });
  expect(findings).toMatchObject([
    {
      operations: ["POST /things/{id} callback done"],
      polarity: "response",
      newToOld: "breaks",
      level: "error",
    },
  ]);
  expect(resources).toMatchObject([{ resource: "things", change: "major", order: "receivers first" }]);
});

test("a callback that refers to itself is read once", () => {
  const document = api(
    { callbacks: { again: { $ref: "#/components/callbacks/again" } } },
    {
      components: {
        callbacks: {
          again: {
            "{$request.body#/url}": {
              post: { responses: {}, callbacks: { again: { $ref: "#/components/callbacks/again" } } },
            },
          },
        },
      },
    },
  );
  expect(diffSpecs(document, document).findings).toEqual([]);
});

test("what a webhook sends is received by the party that asked for it", () => {
  const webhook = (type: string): object =>
    api({}, { webhooks: { w: { post: { requestBody: json({ type }), responses: {} } } } });
  const { findings } = diffSpecs(webhook("integer"), webhook("number"));
  expect(findings).toMatchObject([{ polarity: "response", newToOld: "breaks", level: "error" }]);
});
