// One real call of each package, for a consumer to run from ESM and from CommonJS: a bundle may load well and still fail when called.
export async function firstCalls(load) {
  const scope = "@mojaloop-versioning";
  const { newestFirst } = await load(`${scope}/protocol`);
  const { validateBody } = await load(`${scope}/types/fspiop/v1.1/validate`);
  const { Money } = await load(`${scope}/types/fspiop/v1.1/schemas`);
  const { fspiopV1_1 } = await load(`${scope}/types/fspiop/v1.1`);
  const { createNegotiator } = await load(`${scope}/negotiate`);
  const { createRegistry, fspiopChanges } = await load(`${scope}/transform`);
  const { createClient } = await load(`${scope}/client`);
  const { createCompatAdapter } = await load(`${scope}/compat-adapter`);
  const { createDfsp, createHub } = await load(`${scope}/simulator`);
  const { diffSpecs } = await load(`${scope}/spec-diff`);
  const { canTalk, findManifest, shippedManifests } = await load(`${scope}/manifest`);

  const type = "application/vnd.interoperability.transfers+json;version=1.0";
  const negotiator = createNegotiator({ offer: { transfers: ["1.0"] } });
  const headers = { accept: type, "content-type": type };
  const party = { party: { supportedCurrencies: ["USD"] } };
  const registry = createRegistry(fspiopChanges);

  const adapter = createCompatAdapter({
    hub: { url: "http://127.0.0.1:9", version: "2.0" },
    participants: {},
  });
  const { operations } = await adapter.listen();
  const health = await fetch(`${operations}/health`);
  await adapter.close();

  const hub = await createHub({ version: "1.1" });
  const payer = await createDfsp({ fspId: "payerfsp", version: "1.1", hub });
  const parties = [{ type: "MSISDN", id: "123" }];
  const payee = await createDfsp({ fspId: "payeefsp", version: "1.1", hub, parties });
  const paid = await payer.pay({ to: parties[0], amount: { amount: "10", currency: "USD" } });
  const client = createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: hub.url });
  const asked = await client.GET("/transfers/{ID}", { params: { path: { ID: "no such id" } } });
  await Promise.all([payer, payee, hub].map((each) => each.close()));

  const document = (type) => ({
    openapi: "3.0.3",
    info: { title: "t", version: "1" },
    paths: {
      "/a": {
        post: { requestBody: { content: { "application/json": { schema: { type } } } }, responses: {} },
      },
    },
  });

  return {
    protocol: newestFirst(["1.2", "1.10"]),
    validate: validateBody("POST /transfers", {}).ok,
    schemas: Money.safeParse({ currency: "USD", amount: "1" }).success,
    negotiate: negotiator.negotiate({ method: "POST", url: "/transfers", headers }).accept,
    transform: registry.between("parties", "2.0", "1.0", "PUT /parties/{Type}/{ID}")(party).body,
    adapter: health.status,
    simulator: paid.ok && paid.body.state,
    client: asked.error === undefined,
    specDiff: diffSpecs(document("string"), document("integer")).breaking,
    manifest: canTalk(findManifest(shippedManifests(), "17.0.0"), "1.1", "2.0").verdict,
  };
}
