import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDfsp, createHub } from "@mojaloop-versioning/simulator";
import { afterAll, afterEach, expect, test } from "vitest";
import { mojaver } from "./mojaver.ts";
import { startMojaver, type Running } from "./mojaver-process.ts";

const folder = mkdtempSync(join(tmpdir(), "mojaver-adapter-"));
const file = join(folder, "adapter.yaml");
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

function started(adapter: Running): Running {
  open.push({
    close() {
      adapter.kill("SIGKILL");
      return adapter.ended;
    },
  });
  return adapter;
}

test(
  "a payer of 1.0 pays a payee of 1.1 through a hub of 2.0; SIGHUP reads anew, SIGTERM drains",
  { timeout: 60_000 },
  async () => {
    const hub = await createHub({ version: "2.0" });
    const payer = await createDfsp({ fspId: "payerfsp", version: "1.0" });
    const payee = await createDfsp({
      fspId: "payeefsp",
      version: "1.1",
      parties: [{ type: "MSISDN", id: "123456789" }],
    });
    open.push(hub, payer, payee);
    const config = (payeeVersion: string): string => `
hub: { url: "${hub.url}", version: "2.0" }
participants:
  payerfsp: { url: "${payer.url}", version: "1.0" }
  payeefsp: { url: "${payee.url}", version: "${payeeVersion}" }
`;
    writeFileSync(file, config("1.1"));
    const adapter = started(startMojaver("adapter", "--config", file));
    const [, participants = ""] = await adapter.until(/^participants +(http:\S+)$/m);
    const [, towards = ""] = await adapter.until(/^hub +(http:\S+)$/m);
    await adapter.until(/^operations +http:\S+$/m);
    for (const dfsp of [payer, payee]) {
      hub.register(dfsp);
      hub.connect(dfsp.fspId, towards);
      dfsp.connect(participants);
    }
    const paid = await payer.pay({
      to: { type: "MSISDN", id: "123456789" },
      amount: { amount: "10", currency: "USD" },
    });
    expect(paid).toMatchObject({ ok: true, body: { state: "COMMITTED" } });

    adapter.kill("SIGHUP");
    await adapter.until(/was reloaded/);
    adapter.kill("SIGTERM");
    expect(await adapter.ended).toBe(0);
    expect(adapter.said()).toContain("draining");
  },
);

test.each<[what: string, text: string, says: string]>([
  [
    "a participant without a URL",
    'hub: { url: "http://h", version: "2.0" }\nparticipants:\n  a: { version: "1.1" }\n',
    `${file}:3 participants.a.url `,
  ],
  [
    "an API version that there is not",
    'hub:\n  url: "http://h"\n  version: "7.0"\nparticipants: {}\n',
    `${file}:3 hub.version `,
  ],
])("adapter exits with 3 and names file and line of %s", async (_what, text, says) => {
  writeFileSync(file, text);
  const answer = await mojaver(["adapter", "--config", file]);
  expect(answer).toMatchObject({ code: 3, out: "" });
  expect(answer.err).toContain(says);
  expect(answer.err.trimEnd().split("\n")).toHaveLength(1);
});

test.each<[words: string[], code: number, says: string]>([
  [["adapter", "--config", "/nowhere/adapter.yaml"], 3, "/nowhere/adapter.yaml: cannot be read"],
  [["adapter"], 2, "--config"],
])("%j exits with %i and complains %s", async (words, code, says) => {
  const answer = await mojaver(words);
  expect(answer).toMatchObject({ code, out: "" });
  expect(answer.err).toContain(says);
});

test("an address that is not ours ends the process with 3", { timeout: 60_000 }, async () => {
  const elsewhere = "listen: { hub: { host: 192.0.2.1 } }"; // RFC 5737: nobody's address
  writeFileSync(file, `hub: { url: "http://h", version: "2.0" }\nparticipants: {}\n${elsewhere}\n`);
  const adapter = started(startMojaver("adapter", "--config", file));
  expect(await adapter.ended).toBe(3);
  expect(adapter.said()).toMatch(/^.*adapter\.yaml: listen EADDRNOTAVAIL.*\n$/);
});
