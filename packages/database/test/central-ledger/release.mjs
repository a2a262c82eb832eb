// The models of one release of central-ledger, as its own code: `node release.mjs FOLDER`, with CLEDG_DATABASE__* in the environment.
// Commands come over IPC as { id, call, args }; the answers go back as { id, result } or { id, error }.
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";

const [folder] = process.argv.slice(2);
process.chdir(folder);
const require = createRequire(`${folder}/package.json`);
const load = (path) => require(`./${path}`);
const Config = load("src/lib/config");
const Db = load("src/lib/db");
const metrics = require("@mojaloop/central-services-metrics");
const transfers = load("src/models/transfer/facade");
const positions = load("src/models/position/facade");

const payload = () => ({
  transferId: randomUUID(),
  payerFsp: "payer",
  payeeFsp: "payee",
  amount: { amount: "1.5", currency: "USD" },
  expiration: "2030-01-01T00:00:00.000Z",
  condition: "c".repeat(43),
  ilpPacket: "p",
});
// What the validator of 19.x passes: the payee's account is not looked up.
const onlyPayer = { participantCurrencyValidationList: [{ participantName: "payer", currencyId: "USD" }] };

async function prepare() {
  const transfer = payload();
  await Db.from("transferDuplicateCheck").insert({ transferId: transfer.transferId, hash: "h" });
  await transfers.saveTransferPrepared(transfer, null, true, onlyPayer);
  return transfer.transferId;
}

async function reserve(transferId, account) {
  const change = { transferId, transferStateId: "RESERVED", reason: "" };
  await positions.changeParticipantPositionTransaction(account, false, "1.5", change);
}

let writing = false;
let writers = [];
const done = { transfers: 0, failures: [], slowestMs: 0 };

async function writer(account) {
  while (writing) {
    const started = Date.now();
    try {
      await reserve(await prepare(), account);
      done.transfers++;
    } catch {
      // Counted by statement.
    }
    done.slowestMs = Math.max(done.slowestMs, Date.now() - started);
  }
}

const calls = {
  prepare,
  async find(transferId) {
    const found = await transfers.getById(transferId);
    return found ? { payer: found.payerFsp, payee: found.payeeFsp } : null;
  },
  async startWriters(count, accounts) {
    writing = true;
    writers = Array.from({ length: count }, (_, i) => writer(accounts[i % accounts.length]));
  },
  async stopWriters() {
    writing = false;
    await Promise.all(writers);
    return done;
  },
  count: async () => done.transfers,
};

async function main() {
  metrics.setup(Config.INSTRUMENTATION_METRICS_CONFIG);
  for (const cache of ["src/lib/enumCached", "src/models/participant/participantCached"])
    await load(cache).initialize();
  await load("src/models/participant/participantCurrencyCached").initialize();
  await Db.connect(Config.DATABASE);
  // The models catch some of these without a word: a statement that fails is counted where it fails.
  Db.getKnex().on("query-error", (error) => void done.failures.push(String(error.message)));
  await load("src/lib/cache").initCache();
  process.on("message", ({ id, call, args }) => {
    calls[call](...args).then(
      (result) => process.send({ id, result: result ?? null }),
      (error) => process.send({ id, error: String(error.message) }),
    );
  });
  process.on("disconnect", () => process.exit());
  process.send({ id: 0, result: "ready" });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
