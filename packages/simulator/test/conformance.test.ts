import { resourceOf, type Operation } from "@mojaloop-versioning/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { APIS, requestsOf } from "./apis.ts";
import { ask, closeScheme, openScheme, type Scheme } from "./scheme.ts";

const WAYS = [
  { way: "a DFSP", destination: "payeefsp", isDirect: true },
  { way: "a DFSP behind the hub", destination: "payeefsp", isDirect: false },
  { way: "the hub", destination: "hub", isDirect: false },
];

const ROWS = APIS.flatMap((spoken) => WAYS.map((way) => ({ id: spoken.api.id, spoken, ...way })));

/** The operation that answers, as API Definition 6.2 to 6.10 pairs them. */
function answerOf(operation: Operation): Operation {
  const path = operation.slice(operation.indexOf("/"));
  return `PUT /${path.slice(1)}${operation.startsWith("POST ") && !path.includes("{") ? "/{ID}" : ""}`;
}

describe.each(ROWS)("in $id $way answers", ({ spoken, destination, isDirect }) => {
  const { api, validateBody } = spoken;
  let scheme: Scheme;

  beforeAll(async () => {
    scheme = await openScheme(api);
    const { payer, payee } = scheme;
    if (!isDirect) return;
    payer.connect(payee.url);
    payee.connect(payer.url);
  });
  afterAll(() => closeScheme(scheme));

  test.each(requestsOf(api))("%s with a valid callback of its own version", async (operation) => {
    const answer = await ask(scheme, spoken, operation, destination);
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    const { message, body } = answer;
    // The callback of an operation of the API, as the line after it sees; strict: nothing that the version does not describe.
    expect(validateBody(answerOf(operation) as never, body, { strict: true })).toMatchObject({ ok: true });
    expect(message).toMatchObject({
      operation: answerOf(operation),
      version: api.resources[resourceOf(operation)],
      destination: "payerfsp",
    });
    expect(message.headers).not.toHaveProperty("accept"); // API Definition 3.2.1, Table 1
    expect([scheme.hub, scheme.payer, scheme.payee].flatMap(({ failures }) => failures)).toEqual([]);
  });
});
