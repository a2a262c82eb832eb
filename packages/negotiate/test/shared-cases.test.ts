import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { NegotiatorOptions } from "../src/index.ts";
import { exchange } from "./exchange.ts";
import { FRAMEWORKS, type TestServer } from "./servers.ts";

// The case file lies beside the repository where this was written; elsewhere the tables of conformance.test.ts stand in for it.
const FILE = join(fileURLToPath(import.meta.url), "../../../../../shared/data/negotiation-cases.json");

interface Expectation {
  readonly status: number;
  readonly accept?: string;
  readonly content?: string;
  readonly errorCode?: string;
  readonly extension?: readonly (readonly [string, string])[];
}

interface Case {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly server: {
    readonly apiType: "fspiop" | "iso20022";
    readonly supported: NegotiatorOptions["offer"];
    readonly content?: NegotiatorOptions["offer"];
    readonly basePath?: string;
  };
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: readonly (readonly [
      string,
      string | { gen: readonly (readonly [string, number])[] },
    ])[];
  };
  readonly expect: Expectation;
  readonly tolerate?: readonly Expectation[];
}

const cases = existsSync(FILE)
  ? (JSON.parse(readFileSync(FILE, "utf8")) as { cases: Case[] }).cases.filter(
      ({ kind }) => kind !== "outbound",
    ) // as its meta says
  : [];

describe.skipIf(cases.length === 0).each(Object.entries(FRAMEWORKS))(
  "the shared cases on %s",
  (_name, start) => {
    const servers = new Map<string, Promise<TestServer>>();
    const serverFor = ({ server }: Case): Promise<TestServer> => {
      const key = JSON.stringify(server);
      let running = servers.get(key);
      if (!running) {
        const { apiType, supported, content, basePath } = server;
        running = start({
          offer: supported,
          dialect: apiType,
          ...(content && { content }),
          ...(basePath !== undefined && { basePath }),
        });
        servers.set(key, running);
      }
      return running;
    };
    let tolerated = 0;
    beforeAll(() => Promise.all(cases.map(serverFor)));
    afterAll(async () => {
      for (const server of servers.values()) await (await server).close();
    });

    test.each(cases)("$id $title", async (row) => {
      const { method, path, headers } = row.request;
      const response = await exchange((await serverFor(row)).port, {
        method,
        path,
        headers: [
          ["Date", new Date().toUTCString()],
          ["FSPIOP-Source", "dfspa"],
          ...headers.map(([name, value]): [string, string] => [
            name,
            typeof value === "string" ? value : value.gen.map(([text, times]) => text.repeat(times)).join(""),
          ]),
        ],
        ...(["POST", "PUT", "PATCH"].includes(method) && { body: "{}" }),
      });
      const seen = {
        status: response.status,
        accept: response.headers.get("x-accept"),
        content: response.headers.get("x-content"),
        ...(response.body !== "" && readError(response.body)),
      };
      const fits = (wanted: Expectation): boolean =>
        Object.entries(wanted).every(
          ([name, value]) =>
            name === "note" ||
            JSON.stringify(sorted(value)) === JSON.stringify(sorted(new Map(Object.entries(seen)).get(name))),
        );
      if (!fits(row.expect)) {
        expect([row.expect, ...(row.tolerate ?? [])].filter(fits), JSON.stringify(seen)).not.toEqual([]);
        tolerated++;
      }
    });

    test("nearly all answers are the primary ones", () => {
      expect(tolerated / cases.length).toBeLessThanOrEqual(0.05);
    });
  },
);

function readError(body: string): object {
  const { errorInformation } = JSON.parse(body) as {
    errorInformation: { errorCode: string; extensionList?: { extension: { key: string; value: string }[] } };
  }; // every body of ours and of the test servers
  return {
    errorCode: errorInformation.errorCode,
    extension: errorInformation.extensionList?.extension.map(({ key, value }) => [key, value]),
  };
}

function sorted(value: unknown): unknown {
  return Array.isArray(value)
    ? [...(value as unknown[])].sort((a, b) => (String(a) < String(b) ? -1 : 1))
    : value;
}
