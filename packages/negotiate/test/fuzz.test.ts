import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createNegotiator, type Offer } from "../src/index.ts";
import { exchange } from "./support/exchange.ts";
import { referenceAccept, referenceContentType } from "./support/reference.ts";
import { FRAMEWORKS, type TestServer } from "./support/servers.ts";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 1000);
const PATIENCE = { timeout: 10_000 + RUNS };
const VERSIONS = ["1.0", "1.1", "2.0", "10.2"] as const;
const offer = { transfers: VERSIONS, quotes: ["1.0"] } satisfies Offer;
const T = "application/vnd.interoperability.transfers+json";

// Bytes that a server lets through in a field value (RFC 9110 5.5), and pieces that make sense now and then.
const byte = fc.oneof(fc.integer({ min: 32, max: 126 }), fc.integer({ min: 128, max: 255 }), fc.constant(9));
const noise = fc.array(byte, { maxLength: 4 }).map((codes) => String.fromCharCode(...codes));
const piece = fc.constantFrom(
  ...[
    T,
    T.toUpperCase(),
    `${T};version=1.0`,
    "application/vnd.interoperability.quotes+json",
    "*/*",
    "application/*",
    "text/html",
  ],
  ...[
    ";version=1",
    ";version=1.1",
    ";version=2",
    ';version="1.\\0"',
    ";Version=10.2",
    ";version=9",
    ";version=01",
    ";version=",
  ],
  ...[
    ";q=1",
    ";q=0",
    ";q=0.5",
    ";q=0.501",
    ";Q=0.9",
    ";q=1.001",
    ';q="1"',
    ";charset=utf-8",
    ";charset=latin1",
    ';x="a,\\"b;"',
  ],
  ...[",", ", ", " , ", ";", " ;\t", " ", '"', "\\", "=", "/", "x"],
);
const header = fc
  .array(fc.oneof({ weight: 12, arbitrary: piece }, { weight: 1, arbitrary: noise }), { maxLength: 12 })
  .map((parts) => parts.join(""));
// Half of them are lists of ranges that hold together, so that agreement is met as often as malformedness.
const range = fc
  .tuple(
    fc.constantFrom(T, T, T, "*/*", "application/*", "text/plain"),
    fc.constantFrom(
      "",
      "",
      ";version=1",
      ";version=2",
      ";version=1.0",
      ";version=1.1",
      ";version=10.2",
      ";version=9",
    ),
    fc.constantFrom("", "", ";q=0", ";q=0.3", "; q=0.7", ";q=1"),
  )
  .map((parts) => parts.join(""));
const accept = fc.oneof(
  header,
  fc.array(range, { minLength: 1, maxLength: 6 }).map((ranges) => ranges.join(", ")),
);

const { negotiate } = createNegotiator({ offer });
const trimmed = (text: string): string => text.replace(/^[ \t]+|[ \t]+$/g, "");
// What a header's verdict looks like from outside.
const VERDICTS: Readonly<Record<string, string>> = {
  "3101": "malformed",
  "3102": "missing",
  "3001": "unacceptable",
};

test("an Accept of any bytes is read as the slow reference reads it", PATIENCE, () => {
  fc.assert(
    fc.property(accept, (text) => {
      const outcome = negotiate({
        method: "POST",
        url: "/transfers",
        headers: ["Accept", trimmed(text), "Content-Type", `${T};version=1.0`],
      });
      const seen = outcome.ok ? outcome.managed && outcome.accept : VERDICTS[outcome.errorCode];
      expect(seen).toBe(referenceAccept(text, "transfers", VERSIONS));
    }),
    { numRuns: RUNS },
  );
});

test("a Content-Type of any bytes is read as the slow reference reads it", PATIENCE, () => {
  fc.assert(
    fc.property(fc.oneof(header, range), (text) => {
      const value = trimmed(text);
      const outcome = negotiate({ method: "PUT", url: "/transfers/1", headers: ["Content-Type", value] });
      const seen = outcome.ok ? outcome.managed && outcome.content : VERDICTS[outcome.errorCode];
      const wanted = referenceContentType(text, "transfers", VERSIONS);
      expect(seen).toBe(value === "" ? "missing" : wanted === "unsupported" ? "unacceptable" : wanted);
    }),
    { numRuns: RUNS },
  );
});

// What routers do to a path before they match it; each of these is somebody's.
const READINGS: readonly ((path: string) => string)[] = [
  (path) => path.toLowerCase(),
  (path) => path.replace(/\/+/g, "/"),
  (path) => path.replace(/[;?#].*$/s, ""),
  (path) => path.replace(/%[0-9a-f]{2}/gi, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16))),
  (path) => new URL(`http://hub.example${path.startsWith("/") ? path : `/${path}`}`).pathname,
];

test("whatever a router makes of a path, no managed resource is reached un-negotiated", PATIENCE, () => {
  const part = fc.constantFrom(
    ...[
      "/",
      "//",
      "quotes",
      "QUOTES",
      "%71uotes",
      "quote%53",
      "x",
      "..",
      ".",
      "%2e",
      "%2E.",
      "%2f",
      "%5c",
      "\\",
      ";a",
      ";",
    ],
    ...["?", "#", "%25", "1", "%", "transfers"],
  );
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 8 }).map((parts) => `/${parts.join("")}`),
      fc.uniqueArray(fc.integer({ min: 0, max: READINGS.length - 1 })),
      (path, order) => {
        const read = order.reduce((text, i) => READINGS[i]?.(text) ?? text, path);
        const reached = /^\/(quotes|transfers)(?=[/?#]|$)/.exec(read)?.[1];
        const outcome = negotiate({ method: "PUT", url: path, headers: [] });
        // Without a Content-Type a managed resource refuses with 3102, a disguised one with 3002.
        if (reached !== undefined) expect(outcome.ok, `${path} is read as ${read}`).toBe(false);
      },
    ),
    { numRuns: RUNS },
  );
});

describe.each(Object.entries(FRAMEWORKS))("raw bytes to %s", (_name, start) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await start({ offer });
  });
  afterAll(() => server.close());

  test("never fail the server, and get the reference's answer", async () => {
    await fc.assert(
      fc.asyncProperty(accept, async (text) => {
        const { status, headers } = await exchange(server.port, {
          method: "POST",
          path: "/transfers",
          headers: [
            ["Accept", text],
            ["Content-Type", `${T};version=1.0`],
          ],
          body: "{}",
        });
        const wanted = referenceAccept(text, "transfers", VERSIONS);
        const statuses: Readonly<Record<string, number>> = {
          malformed: 400,
          missing: 400,
          unacceptable: 406,
        };
        expect(status).toBe(statuses[wanted] ?? 202);
        if (status === 202) expect(headers.get("x-accept")).toBe(wanted);
      }),
      { numRuns: Math.min(RUNS, 60) },
    );
  });

  test("64 KiB of headers are served (API Definition 3.2.1)", async () => {
    const { status } = await exchange(server.port, {
      method: "GET",
      path: "/transfers/1",
      headers: [
        ["FSPIOP-Signature", "s".repeat(60_000)],
        ["Accept", `${T};version=1`],
        ["Content-Type", `${T};version=1.0`],
      ],
    });
    expect(status).toBe(202);
  });

  test.each<[name: string, accept: string, status: number]>([
    ["ranges", `${T};version=1, `.repeat(900), 400],
    ["empty elements", `${",".repeat(60_000)}${T};version=1`, 202],
    ["empty parameters", `${T}${";".repeat(60_000)}version=1`, 202],
    ["parameters", `${T}${";a=b".repeat(12_000)}`, 400],
    ["an open quote", `${T};a="${"\\x".repeat(30_000)}`, 400],
    ["a token", "a".repeat(60_000), 400],
    ["a version", `${T};version=${"9".repeat(60_000)}`, 406],
    ["blanks", `${T}${" ".repeat(60_000)};version=1`, 202],
  ])("a flood of %s is answered %s", async (_kind, value, status) => {
    const response = await exchange(server.port, {
      method: "GET",
      path: "/transfers/1",
      headers: [
        ["Accept", value],
        ["Content-Type", `${T};version=1.0`],
      ],
    });
    expect(response.status).toBe(status);
  });
});
