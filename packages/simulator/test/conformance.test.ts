import { resourceOf, type Operation } from "@mojaloop-versioning/protocol";
import { describe, expect, test } from "vitest";
import { APIS, requestsOf } from "./apis.ts";
import { ask, startScheme, type Scheme } from "./scheme.ts";

type Way = [way: string, destination: string | undefined, direct: boolean];

const WAYS: Way[] = [
  ["a DFSP", "payeefsp", true],
  ["a DFSP behind the hub", "payeefsp", false],
  ["the hub", "hub", false],
];

/** The operation that answers, as API Definition 6.2 to 6.10 pairs them. */
function answerOf(operation: Operation): string {
  const path = operation.slice(operation.indexOf("/"));
  return `PUT ${path}${operation.startsWith("POST ") && !path.includes("{") ? "/{ID}" : ""}`;
}

describe.each(APIS.map((spoken) => ({ id: spoken.api.id, spoken })))("$id", ({ spoken }) => {
  const { api, validateBody } = spoken;

  test.each(WAYS)("%s answers every request with a callback of its own version", async (_way, to, direct) => {
    const scheme = await startScheme(api);
    if (direct) connect(scheme);
    const operations = requestsOf(api);
    expect(operations.length).toBeGreaterThan(16); // 17 in ISO 20022, 27 in FSPIOP API 2.0
    const wrong: unknown[] = [];
    for (const operation of operations) {
      const answer = await ask(scheme, spoken, operation, to);
      if (!answer.ok) {
        wrong.push([operation, answer]);
        continue;
      }
      const { message, body } = answer;
      const verdict = validateBody(answerOf(operation) as never, body, { strict: true }); // an operation of the API, as the next line sees
      if (!verdict.ok) wrong.push([operation, verdict]);
      expect(message).toMatchObject({
        operation: answerOf(operation),
        version: api.resources[resourceOf(operation)],
        source: message.source === "hub" ? "hub" : "payeefsp",
        destination: "payerfsp",
      });
      expect(message.headers).not.toHaveProperty("accept");
    }
    expect(wrong).toEqual([]);
    expect([scheme.hub, scheme.payer, scheme.payee].flatMap(({ failures }) => failures)).toEqual([]);
  });
});

/** The two DFSPs without a hub between them. */
function connect({ payer, payee }: Scheme): void {
  payer.connect(payee.url);
  payee.connect(payer.url);
}
