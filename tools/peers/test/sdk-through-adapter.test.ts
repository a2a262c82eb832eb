// Faults that turn this suite red when they are planted again:
// - an adapter that gives a callback another version than the payer's Accept admits
// - an adapter that changes a byte of a signed message that it need not convert
// - an answer to the SDK with a body (its throwOrJson refuses every one)
import { Util } from "@mojaloop/central-services-shared";
import type { Version } from "@mojaloop-versioning/protocol";
import { describe, expect, test } from "vitest";
import { flowsOf, type Flow, type MakeId } from "./support/flows.ts";
import { ecKeys, rsaKeys } from "./support/keys.ts";
import { sdkFault } from "./support/sdk.ts";
import { startSdkScheme, type SdkScheme, type SdkSchemeOptions } from "./support/sdk-scheme.ts";

// sdk-standard-components 19.19.1 sends `version=1` in Accept and 1.0 in Content-Type unless its configuration says
// otherwise (src/lib/requests/baseRequests.js, defineResourceVersionsAndEndpoints).
const PAYERS: readonly {
  readonly accept?: string;
  readonly content?: Version;
  readonly reads: readonly Version[];
}[] = [
  { reads: ["1.0", "1.1"] },
  { accept: "1", content: "1.0", reads: ["1.0", "1.1"] },
  { accept: "1.0", content: "1.0", reads: ["1.0"] },
  { accept: "1.1", content: "1.1", reads: ["1.1"] },
  { accept: "2", content: "2.0", reads: ["2.0"] },
  { accept: "2.0", content: "2.0", reads: ["2.0"] },
];
const PAYEES = [{}, { accept: "2.0", content: "2.0" }] as const;
const HUBS: readonly Version[] = ["1.0", "1.1", "2.0"];

// What Mojaloop's services make their ids with (central-services-shared 18.38.2, src/util/id.js): version 7 is the default.
const makeIds = Util as unknown as { id: (options?: object) => MakeId }; // its types do not have it
const IDS = [
  { kind: "UUID version 4", makeId: makeIds.id({ version: 4 }) },
  { kind: "UUID version 7", makeId: makeIds.id({ version: 7 }) },
  { kind: "ULID", makeId: makeIds.id({ type: "ulid" }) },
];

async function run(
  flow: Flow,
  options: Omit<SdkSchemeOptions, "answer">,
  look: (scheme: SdkScheme) => Promise<void>,
): Promise<void> {
  const scheme = await startSdkScheme({ ...options, answer: flow.answer });
  try {
    await flow.ask(scheme.payer);
    await look(scheme);
  } finally {
    await scheme.close();
  }
}

async function expectCallback(
  scheme: SdkScheme,
  flow: Flow,
  { reads, hubVersion }: { readonly reads: readonly Version[]; readonly hubVersion: Version },
): Promise<void> {
  const callback = await scheme.callback();
  expect(callback.path).toBe(flow.path);
  expect(JSON.parse(callback.text)).toMatchObject(flow.body);
  const version = /;\s?version=(\d\.\d)$/.exec(callback.headers["content-type"] ?? "")?.[1];
  expect(flow.isFx ? ["2.0"] : reads).toContain(version);
  const atHub = scheme.arrived.hub.map(({ headers }) => headers["content-type"]);
  expect(atHub.filter((type) => !type?.endsWith(`version=${hubVersion}`))).toEqual([]);
}

describe.each(IDS)("with ids of the kind $kind", ({ makeId }) => {
  const flows = flowsOf(makeId);
  describe.each(HUBS)("through an adapter in front of a hub of %s", (hubVersion) => {
    describe.each(PAYERS)("the SDK as payer, Accept $accept", ({ reads, ...payer }) => {
      test.each(PAYEES)("the SDK as payee, Content-Type $content", async (payee) => {
        for (const flow of flows) {
          if (flow.isFx && hubVersion !== "2.0") continue;
          await run(flow, { hubVersion, payer, payee }, (scheme) =>
            expectCallback(scheme, flow, { reads, hubVersion }),
          );
        }
      });
    });
  });
});

// What arrives signed is judged by the SDK itself, as sdk-scheme-adapter judges it: on the parsed body.
async function expectSigned(scheme: SdkScheme, keys: Readonly<Record<string, string>>): Promise<void> {
  await scheme.callback();
  const { payer, payee } = scheme.arrived;
  for (const { method, path, headers, text } of [...payer, ...payee]) {
    if (text === "") continue; // a message without a body has no signature (Signature 1.1, section 3)
    expect(`${method} ${path}: ${String(sdkFault(headers, text, keys))}`).toBe(
      `${method} ${path}: undefined`,
    );
  }
}

describe("signed by the SDK", () => {
  const [payerKeys, payeeKeys] = [rsaKeys(), rsaKeys()];
  const signed = { payer: { signingKey: payerKeys.privateKey }, payee: { signingKey: payeeKeys.privateKey } };
  const senders = { payerfsp: payerKeys.publicKey, payeefsp: payeeKeys.publicKey };
  const flows = flowsOf(makeIds.id({ version: 4 })).filter(({ isFx }) => !isFx);
  // The switch's own answers are not signed here.
  const fromParticipants = flows.filter(({ name }) => !name.startsWith("participants"));

  test.each(fromParticipants)("a signature holds where nothing changes: $name", async (flow) => {
    const options = { hubVersion: "1.0", ...signed, adapter: { jws: "refuse" } } as const;
    await run(flow, options, (scheme) => expectSigned(scheme, senders));
  });
});

// With `ids`, the adapter replaces each ULID for a participant of 1.0, so that every signed message there must be signed again.
describe.each([
  { kind: "RS256", keys: rsaKeys },
  { kind: "ES256", keys: ecKeys },
])("signed again by the adapter with $kind", ({ keys }) => {
  const [payerKeys, payeeKeys, hubKeys] = [keys(), keys(), keys()];
  const publicKeys = {
    payerfsp: payerKeys.publicKey,
    payeefsp: payeeKeys.publicKey,
    hub: hubKeys.publicKey,
  };
  const signing = {
    keys: {
      payerfsp: { privateKey: payerKeys.privateKey },
      payeefsp: { privateKey: payeeKeys.privateKey },
      hub: { privateKey: hubKeys.privateKey },
    },
  };
  const signed = { payer: { signingKey: payerKeys.privateKey }, payee: { signingKey: payeeKeys.privateKey } };
  const flows = flowsOf(makeIds.id({ type: "ulid" })).filter(
    ({ isFx, name }) => !isFx && !name.startsWith("participants"),
  );

  test.each(flows)("the SDK accepts each signature: $name", async (flow) => {
    const outcomes: (string | undefined)[] = [];
    const onMessage = ({ signature }: { readonly signature: string | undefined }): void =>
      void outcomes.push(signature);
    const adapter = { jws: "resign", signing, ids: true, onMessage } as const;
    await run(flow, { hubVersion: "2.0", ...signed, adapter }, (scheme) => expectSigned(scheme, publicKeys));
    if (/quotes|transfers/i.test(flow.name) && !/error/i.test(flow.name))
      expect(outcomes).toContain("resigned");
  });
});
