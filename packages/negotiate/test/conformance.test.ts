import { afterAll, describe, expect, test } from "vitest";
import { exchange } from "./support/exchange.ts";
import { FRAMEWORKS, type TestServer } from "./support/servers.ts";
import { ACCEPT_CASES } from "./cases/accept.ts";
import type { Case } from "./cases/case.ts";
import { CONTENT_CASES } from "./cases/content-type.ts";
import { ROUTE_CASES } from "./cases/route.ts";
import { WEIGHT_CASES } from "./cases/weight.ts";

const CASES = [...ACCEPT_CASES, ...WEIGHT_CASES, ...CONTENT_CASES, ...ROUTE_CASES].map((row) => ({
  ...row,
  label: `${row.method} ${row.path} ${row.headers
    .filter(([name]) => name === (row.method === "PUT" ? "Content-Type" : "Accept"))
    .map(([, value]) => value.slice(0, 120))
    .join(" | ")}: ${row.why}`,
}));

describe.each(Object.entries(FRAMEWORKS))("%s", (_name, start) => {
  const servers = new Map<string, Promise<TestServer>>();
  const serverFor = ({ offer, dialect, basePath }: Case): Promise<TestServer> => {
    const key = JSON.stringify([offer, dialect, basePath]);
    const running =
      servers.get(key) ??
      start({ offer, ...(dialect && { dialect }), ...(basePath !== undefined && { basePath }) });
    servers.set(key, running);
    return running;
  };

  afterAll(async () => {
    for (const server of servers.values()) await (await server).close();
  });

  test.each(CASES)("$label", async (row) => {
    const { port } = await serverFor(row);
    const response = await exchange(port, {
      method: row.method,
      path: row.path,
      headers: [["FSPIOP-Source", "dfspa"], ["Date", "Sat, 21 Nov 2026 09:00:00 GMT"], ...row.headers],
      ...(row.method !== "GET" && row.method !== "DELETE" && { body: "{}" }),
    });
    const { expected } = row;
    expect(response.status, response.body).toBe(expected.status);
    if ("errorCode" in expected) {
      const { errorInformation } = JSON.parse(response.body) as ErrorBody;
      expect(errorInformation.errorCode).toBe(expected.errorCode);
      const listed = errorInformation.extensionList?.extension.map(({ key, value }) => `${key}.${value}`);
      expect(listed?.sort()).toEqual(expected.listed && [...expected.listed].sort());
      return;
    }
    expect(response.headers.get("x-accept")).toBe(expected.accept);
    expect(response.headers.get("x-content")).toBe(expected.content);
    expect(
      response.headers.get("content-type")?.endsWith(`version=${expected.accept ?? expected.content ?? ""}`),
    ).toBe(true);
    expect(response.headers.get("vary")?.toLowerCase()).toContain("accept");
    if (row.method !== "GET" && row.method !== "DELETE") expect(response.headers.get("x-body")).toBe("{}");
  });
});

interface ErrorBody {
  readonly errorInformation: {
    readonly errorCode: string;
    readonly extensionList?: {
      readonly extension: readonly { readonly key: string; readonly value: string }[];
    };
  };
}
