import { createServer } from "node:http";
import express from "express";
import fastify from "fastify";
import { expectTypeOf } from "vitest";
import { fspiopV1_0 } from "@mojaloop-versioning/types/fspiop/v1.0";
import {
  fspiopV1_1,
  type PartiesTypeIDPutResponse,
  type TransfersIDPutResponse,
} from "@mojaloop-versioning/types/fspiop/v1.1";
import { validateBody } from "@mojaloop-versioning/types/fspiop/v1.1/validate";
import { fspiopV2_0, type FxTransfersIDPutResponse } from "@mojaloop-versioning/types/fspiop/v2.0";
import { settlementV2_0, type SettlementWindow } from "@mojaloop-versioning/types/settlement/v2.0";
import { createClient, type ExchangeResult, type CallbackOf, type ParamsFor } from "../src/index.ts";
import { quoteRequest, transfer, UUID } from "./support/messages.ts";

const options = { fspId: "payerfsp", baseUrl: "http://hub.example" };
const v10 = createClient({ api: fspiopV1_0, ...options });
const v11 = createClient({
  api: fspiopV1_1,
  ...options,
  validate: validateBody,
  offer: { transfers: ["1"] },
});
const v20 = createClient({ api: fspiopV2_0, ...options });
const settlement = createClient({ api: settlementV2_0, ...options });
const params = { path: { ID: UUID } };

// The body is that of the operation, in the version of the client.
void v11.POST("/transfers", { body: transfer });
// @ts-expect-error a member is missing
void v11.POST("/transfers", { body: { transferId: UUID } });
// @ts-expect-error another operation's body
void v11.POST("/transfers", { body: quoteRequest });
// @ts-expect-error the body is missing
void v11.POST("/transfers");
// @ts-expect-error a GET has no body
void v11.GET("/transfers/{ID}", { params, body: transfer });

// Fields of another version.
void v20.POST("/quotes", { body: { ...quoteRequest, converter: "PAYER" } });
// @ts-expect-error quotes know of no converter before 2.0
void v11.POST("/quotes", { body: { ...quoteRequest, converter: "PAYER" } });
// @ts-expect-error in the exchange neither
void v11.quotes.request({ ...quoteRequest, converter: "PAYER" });

// Paths and methods are those of the version.
// @ts-expect-error no such path
void v11.GET("/transfer/{ID}", { params });
// @ts-expect-error a path with its parameters filled in is no template
void v11.GET(`/transfers/7`, { params });
// @ts-expect-error a path of another version
void v11.GET("/fxTransfers/{ID}", { params });
// @ts-expect-error a method that the path does not have
void v11.DELETE("/transfers/{ID}", { params });
// @ts-expect-error PATCH came with 1.1
void v10.PATCH("/transfers/{ID}", { params, body: { transferState: "COMMITTED" } });
// @ts-expect-error the parameters are missing
void v11.GET("/transfers/{ID}");
// @ts-expect-error one of the parameters is missing
void v11.GET("/parties/{Type}/{ID}", { params });
// @ts-expect-error no such resource to offer
void createClient({ api: fspiopV1_1, ...options, offer: { transfer: ["1.1"] } });

// Exchanges are those of the version.
expectTypeOf(v20).toHaveProperty("fxTransfers");
expectTypeOf(v11).not.toHaveProperty("fxTransfers"); // FX came with 2.0
// @ts-expect-error the body is not what is prepared
void v11.transfers.prepare({ transferId: UUID });
// @ts-expect-error the sub-id alone names nobody
void v11.parties.lookup({ SubId: "7" });
expectTypeOf(settlement).not.toHaveProperty("participants"); // Settlement has no callbacks
void v11.parties.lookup({ Type: "MSISDN", ID: "123", SubId: "7" }, { timeoutMs: 1_000 });
void v11.participants.register({ Type: "MSISDN", ID: "123" }, { fspId: "payerfsp" });

// The data of an exchange are the body of its callback.
expectTypeOf(v11.transfers.prepare(transfer)).resolves.toEqualTypeOf<
  ExchangeResult<TransfersIDPutResponse>
>();
expectTypeOf(v20.fxTransfers.get({ ID: UUID })).resolves.toEqualTypeOf<
  ExchangeResult<FxTransfersIDPutResponse>
>();
expectTypeOf<CallbackOf<"POST /transfers">>().toEqualTypeOf<"PUT /transfers/{ID}">();
expectTypeOf<CallbackOf<"GET /parties/{Type}/{ID}">>().toEqualTypeOf<"PUT /parties/{Type}/{ID}">();
expectTypeOf<keyof ParamsFor<"/parties/{Type}/{ID}">>().toEqualTypeOf<"Type" | "ID">();

// The error tells whether there are data.
const answer = await v11.transfers.prepare(transfer);
if (answer.error) expectTypeOf(answer.data).toEqualTypeOf<undefined>();
else expectTypeOf(answer.data.transferState).toEqualTypeOf<TransfersIDPutResponse["transferState"]>();

// An API whose responses have bodies gives them.
const window = await settlement.GET("/settlementWindows/{id}", { params: { path: { id: 7 } } });
if (!window.error) expectTypeOf(window.data).toEqualTypeOf<SettlementWindow>();
void settlement.GET("/settlements", { params: { query: { currency: "USD" } } });
// @ts-expect-error no such query parameter
void settlement.GET("/settlements", { params: { query: { money: "USD" } } });

// The operation of a callback tells the type of its body.
createClient({
  api: fspiopV1_1,
  ...options,
  onCallback(callback) {
    if (callback.operation === "PUT /parties/{Type}/{ID}") {
      expectTypeOf(callback.body).toEqualTypeOf<PartiesTypeIDPutResponse>();
      expectTypeOf(callback.params).toEqualTypeOf<Readonly<Record<"Type" | "ID", string>>>();
    }
    // @ts-expect-error a request is no callback
    return callback.operation === "POST /transfers";
  },
});

// One handler for every server.
createServer(v11.callbacks);
express().use(v11.callbacks);
fastify().addHook("onRequest", v11.callbacks);
