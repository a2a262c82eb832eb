import { fspiopV2_0Iso20022 } from "@mojaloop-versioning/types/fspiop/v2.0-iso20022";
import { expect, test } from "vitest";
import { createClient, type BodyOf, type Client } from "../src/index.ts";
import { ULID } from "./support/messages.ts";
import { sendCallback, serve, startPeer, typed, type Peer, type Said } from "./support/peer.ts";

type Iso = typeof fspiopV2_0Iso20022;

const party = (fspId: string): { readonly FinInstnId: { readonly Othr: { readonly Id: string } } } => ({
  FinInstnId: { Othr: { Id: fspId } },
});

// As much of a pacs.008 as the schema demands, with the agents of both sides.
const transfer: BodyOf<Iso, "POST /transfers"> = {
  GrpHdr: {
    MsgId: ULID,
    CreDtTm: "2026-11-21T12:00:00.000Z",
    NbOfTxs: "1",
    SttlmInf: { SttlmMtd: "CLRG" },
  },
  CdtTrfTxInf: {
    PmtId: { TxId: ULID },
    IntrBkSttlmAmt: { Ccy: "USD", ActiveCurrencyAndAmount: "100" },
    ChrgBr: "CRED",
    Dbtr: { Id: { PrvtId: { Othr: { Id: "987654321", SchmeNm: { Prtry: "MSISDN" } } } } },
    DbtrAgt: party("payerfsp"),
    Cdtr: { Id: { PrvtId: { Othr: { Id: "123456789", SchmeNm: { Prtry: "MSISDN" } } } } },
    CdtrAgt: party("payeefsp"),
  },
};

async function setUp(said: Said = {}): Promise<{ client: Client<Iso>; hub: Peer; callbacks: string }> {
  const hub = await startPeer(() => said);
  const client = createClient({ api: fspiopV2_0Iso20022, fspId: "payerfsp", baseUrl: hub.url });
  return { client, hub, callbacks: await serve(client.callbacks) };
}

test("in ISO 20022 the media type has its infix, and id and destination are where pacs.008 has them", async () => {
  const { client, hub, callbacks } = await setUp();
  const answer = client.transfers.prepare(transfer);
  await hub.until(1);
  const type = typed("iso20022.transfers", "2.0");
  expect(hub.seen[0]?.headers).toMatchObject({
    accept: type,
    "content-type": type,
    "fspiop-destination": "payeefsp",
  });
  const body = {
    GrpHdr: { MsgId: ULID, CreDtTm: "2026-11-21T12:00:01.000Z" },
    TxInfAndSts: { TxSts: "COMM" },
  };
  expect((await sendCallback(callbacks, `/transfers/${ULID}`, { type, body })).status).toBe(200);
  expect(await answer).toEqual({ data: body, source: "payeefsp", version: "2.0" });
});

type Row = [what: string, body: object, code: string, description: string];

// Market Practice Document: error callbacks are pacs.002, for parties acmt.024; hub and DFSPs use Cd and Prtry.
test.each<Row>([
  ["by code", { TxInfAndSts: { StsRsnInf: { Rsn: { Cd: "3100" } } } }, "3100", "Generic validation error"],
  [
    "in words of its own",
    { TxInfAndSts: { StsRsnInf: { Rsn: { Prtry: "5101" }, AddtlInf: "too dear" } } },
    "5101",
    "too dear",
  ],
  [
    "as acmt.024 does",
    { Rpt: { OrgnlId: ULID, Vrfctn: false, Rsn: { Cd: "3204" } } },
    "3204",
    "Party not found",
  ],
  ["with a code of the scheme", { Rpt: { Rsn: { Prtry: "5199" } } }, "5199", ""],
  ["as FSPIOP does", { errorInformation: { errorCode: "5000", errorDescription: "no" } }, "5000", "no"],
])(
  "an error callback that gives its reason %s is an error",
  async (_what, body, errorCode, errorDescription) => {
    const { client, hub, callbacks } = await setUp();
    const answer = client.transfers.get({ ID: ULID });
    await hub.until(1);
    const type = typed("iso20022.transfers", "2.0");
    expect((await sendCallback(callbacks, `/transfers/${ULID}/error`, { type, body })).status).toBe(200);
    expect(await answer).toEqual({
      error: { via: "callback", errorInformation: { errorCode, errorDescription }, versions: [] },
      source: "payeefsp",
    });
  },
);

test("the dialects do not mix: no bodies are converted between them", async () => {
  const { callbacks } = await setUp();
  const type = typed("transfers", "2.0");
  const answer = await sendCallback(callbacks, `/transfers/${ULID}`, {
    type,
    body: { transferState: "RESERVED" },
  });
  expect([answer.status, answer.body]).toMatchObject([400, { errorInformation: { errorCode: "3101" } }]);
});

test("a hub that asks for an older version gets none: there is none in ISO 20022", async () => {
  const extensionList = { extension: [{ key: "1", value: "1" }] };
  const { client, hub } = await setUp({
    status: 406,
    body: { errorInformation: { errorCode: "3001", errorDescription: "1.1 only", extensionList } },
  });
  expect((await client.transfers.prepare(transfer)).error).toMatchObject({ status: 406, versions: ["1.1"] });
  expect(hub.seen).toHaveLength(1);
});
