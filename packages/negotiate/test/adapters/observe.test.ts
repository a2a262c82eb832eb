import { describe, expect, test } from "vitest";
import { createNegotiator, type NegotiationEvent } from "../../src/index.ts";
import { exchange } from "../support/exchange.ts";
import { FRAMEWORKS } from "../support/servers.ts";
import { HEADERS } from "../support/talk.ts";

const T = "application/vnd.interoperability.transfers+json";

// In this mode a service answers every message as it did before.
describe.each(Object.entries(FRAMEWORKS))('mode "observe": %s', (_name, start) => {
  const ROWS: [
    path: string,
    headers: [string, string][],
    outcome: string | undefined,
    code: string | undefined,
  ][] = [
    ["/transfers/1", HEADERS.map(([name, value]) => [name, value]), "agreed", undefined],
    ["/transfers/1", [], "missing", "3102"],
    ["/transfers/1", [["Accept", "x"]], "malformed", "3101"],
    ["/transfers/1", [["Accept", `${T};version=9`]], "unacceptable", "3001"],
    ["/TRANSFERS/1", [], "disguised", "3002"],
    ["/health", [], undefined, undefined],
  ];
  test("every message is answered by its handler, unstamped, and reported", async () => {
    const events: NegotiationEvent[] = [];
    const { port, close } = await start({
      offer: { transfers: ["1.0", "1.1"] },
      mode: "observe",
      unmanaged: "refuse",
      onNegotiation: (event) => events.push(event),
    });
    for (const [path, headers, outcome, errorCode] of ROWS) {
      events.length = 0;
      const response = await exchange(port, { method: "GET", path, headers });
      expect(response.status, path).toBe(path.startsWith("/transfers") ? 202 : 404);
      expect(response.headers.get("content-type") ?? "").not.toContain("vnd.interoperability");
      expect(events.map((event) => [event.outcome, event.errorCode, event.observed])).toEqual(
        outcome === undefined ? [] : [[outcome, errorCode, true]],
      );
    }
    await close();
  });
});

test("the outcome contains the refusal that was not sent", () => {
  const { negotiate } = createNegotiator({ offer: { transfers: ["1.0"] }, mode: "observe" });
  expect(negotiate({ method: "GET", url: "/transfers/1", headers: {} })).toMatchObject({
    ok: true,
    managed: false,
    observed: { status: 400, errorCode: "3102" },
  });
});
