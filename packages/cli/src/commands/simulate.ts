import { InvalidArgumentError, Option } from "commander";
import { isVersion, type Dialect, type Version } from "@mojaloop-versioning/protocol";
import type { Fault, Message } from "@mojaloop-versioning/simulator";
import type { Api } from "@mojaloop-versioning/types";
import { examples, type AddCommands } from "../context.ts";
import { CommandError, EXIT } from "../exit.ts";
import { untilStopped } from "../until-stopped.ts";
import { parseFault } from "./simulate-fault.ts";

interface Options {
  readonly version: Version;
  readonly port: number;
  readonly callback: string;
  readonly dialect: Dialect;
  readonly fault: readonly Fault[];
}

const PAYER = { fspId: "payerfsp", party: { type: "MSISDN", id: "987654321" } };
const PAYEE = { fspId: "payeefsp", party: { type: "MSISDN", id: "123456789" } };

/** `simulate`. */
export const addSimulate: AddCommands = (command, { io }) => {
  command
    .option("--version <version>", "the FSPIOP API version that they speak", version, "1.1")
    .option("--port <port>", "where the hub listens; 0 is a free port", port, 4000)
    .option(
      "--callback <url>",
      `where the hub sends the callbacks of ${PAYER.fspId}`,
      httpUrl,
      "http://127.0.0.1:4001",
    )
    .addOption(
      new Option("--dialect <dialect>", "the messages that they speak")
        .choices(["fspiop", "iso20022"])
        .default("fspiop"),
    )
    .option(
      "--fault <fault>",
      "what goes wrong at the hub, [OPERATION ]KIND[ xTIMES]: 503, drop, delay=MS, speaks=V,V (a 406), version=V (of what it sends)",
      (text, faults: readonly Fault[]) => [...faults, parseFault(text)],
      [],
    )
    .addHelpText(
      "after",
      examples(
        ["The payer of the README of @mojaloop-versioning/client talks to this", "mojaver simulate"],
        [
          "A hub of FSPIOP 2.0, for a payer with its callbacks elsewhere",
          "mojaver simulate --version 2.0 --callback http://127.0.0.1:8080",
        ],
        [
          "What a payer does when quotes fail twice, and every transfer takes two seconds",
          'mojaver simulate --fault "POST /quotes 503 x2" --fault "POST /transfers delay=2000"',
        ],
      ),
    )
    .action(async ({ version: spoken, port: wanted, callback, dialect, fault: faults }: Options) => {
      const { createDfsp, createHub } = await import("@mojaloop-versioning/simulator");
      const api = dialect === "iso20022" ? await iso20022(spoken) : spoken;
      const hub = await createHub({
        version: api,
        port: wanted,
        onMessage: (message) => {
          io.out(`${lineOf(message)}\n`);
        },
      }).catch((error: unknown) => {
        if (!isTaken(error)) throw error;
        const message = `port ${wanted} is taken; say --port with another, or with 0 for any`;
        throw new CommandError(EXIT.unreadable, message, { cause: error });
      });
      const foreign = faults.find(({ on }) => on !== undefined && !Object.hasOwn(hub.api.operations, on));
      if (foreign) {
        await hub.close();
        throw new CommandError(EXIT.usage, `${hub.api.id} has no operation ${String(foreign.on)}`);
      }
      for (const fault of faults) hub.fault(fault);
      hub.register({ fspId: PAYER.fspId, url: callback, parties: [PAYER.party] });
      const payee = await createDfsp({
        fspId: PAYEE.fspId,
        version: api,
        hub,
        parties: [{ ...PAYEE.party, party: { name: "Payee of the simulator" } }],
      });
      const lines = [
        ["hub", hub.url, `FSPIOP ${spoken}${dialect === "iso20022" ? " in ISO 20022" : ""}`],
        [PAYEE.fspId, payee.url, `has the party ${PAYEE.party.type} ${PAYEE.party.id}`],
        [PAYER.fspId, callback, "yours: its callbacks go there"],
      ] as const;
      for (const [name, url, what] of lines) io.out(`${name.padEnd(10)}${url}  ${what}\n`);
      await untilStopped();
      await Promise.all([hub.close(), payee.close()]);
    });
};

async function iso20022(spoken: Version): Promise<Api> {
  const { fspiopV2_0Iso20022: api } = await import("@mojaloop-versioning/types/fspiop/v2.0-iso20022");
  if (spoken === api.version) return api;
  throw new CommandError(EXIT.usage, `--dialect iso20022 is spoken in --version ${api.version} only`);
}

function lineOf({ method, path, source, destination, version: spoken }: Message): string {
  return `${source} to ${destination ?? "hub"}: ${method} ${path} (${spoken})`;
}

function version(text: string): Version {
  if (!isVersion(text)) throw new InvalidArgumentError("write a version like 1.1");
  return text;
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError("write a port from 0 to 65535");
  return number;
}

function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new InvalidArgumentError("write an http or https URL");
  return text.replace(/\/$/, "");
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
