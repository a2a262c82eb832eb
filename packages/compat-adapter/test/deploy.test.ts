import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { readConfig } from "../src/service.ts";

const TEXT = readFileSync(new URL("../deploy/kubernetes.yaml", import.meta.url), "utf8");

test("the configuration in the Kubernetes manifest is one that the adapter takes, on the ports that the manifest names", () => {
  const documents = parseAllDocuments(TEXT).map((document) => document.toJS() as unknown);
  expect(documents.map((document) => (document as { kind: string }).kind)).toEqual([
    "ConfigMap",
    "Deployment",
    "Service",
  ]); // every manifest has a kind
  const { data } = documents[0] as { data: Record<string, string> }; // a ConfigMap
  const read = readConfig(data["adapter.yaml"] ?? "", "adapter.yaml");
  expect(read).toMatchObject({
    ok: true,
    options: { listen: { participants: { port: 4001 }, hub: { port: 4002 }, operations: { port: 4003 } } },
    service: { redis: "redis://redis:6379" },
  });
});
