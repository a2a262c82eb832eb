import { expect, test } from "vitest";
import { createNegotiator } from "../src/index.ts";

const T = "application/vnd.interoperability.transfers+json";
const { negotiate } = createNegotiator({ offer: { transfers: ["1.0", "2.0", "1.1"], quotes: ["1.0"] } });

type Row = [accept: string, agreed: string | number, why: string];

// API Definition 3.3.4.1 unless the row says otherwise
test.each<Row>([
  [`${T};version=1`, "1.1", "a bare major means its newest minor"],
  [`${T};version=1.0`, "1.0", "an exact version is kept"],
  [T, "2.0", "no version means the newest"],
  [`${T};version=3, ${T}`, "2.0", "listing 3: version 3, else the newest"],
  [`${T};version="1"`, "1.1", "a quoted value is the same value (RFC 9110 5.6.6)"],
  [`${T};version=9`, 406, "nobody speaks it"],
  ["application/json", 406, "not one of ours (decision 3)"],
  ["json", 400, "a range is type/subtype (RFC 9110 12.5.1)"],
])("%s agrees on %s: %s", (accept, agreed) => {
  const outcome = negotiate({
    method: "POST",
    url: "/transfers",
    headers: { accept, "content-type": `${T};version=1.0` },
  });
  expect(outcome.ok ? outcome.managed && outcome.accept : outcome.status).toBe(agreed);
});

test.each<[url: string, outcome: string, why: string]>([
  ["/transfers/1?x=/quotes", "transfers", "the first segment of the path"],
  ["/%74ransfers", "transfers", "unreserved characters are decoded (RFC 3986 6.2.2.2)"],
  ["http://hub.example/transfers", "transfers", "the absolute form (RFC 9112 3.2.2)"],
  ["/health", "unmanaged", "in neither list (decision 21)"],
  ["/__proto__", "unmanaged", "just an unknown name"],
  ["/QUOTES", "404", "after case folding only (decision 21)"],
  ["//quotes", "404", "after slash collapsing only"],
  ["/quotes;x", "404", "fastify 4 cuts at a semicolon"],
  ["/x/../quotes", "404", "after removing dot segments only"],
  ["/transfers/..%2fquotes", "404", "another resource after removing dot segments"],
])("%s leads to %s: %s", (url, destination) => {
  const outcome = negotiate({
    method: "PUT",
    url,
    headers: ["Content-Type", `${T};version=1.0`],
  });
  expect(outcome.ok ? (outcome.managed ? outcome.resource : "unmanaged") : String(outcome.status)).toBe(
    destination,
  );
});
