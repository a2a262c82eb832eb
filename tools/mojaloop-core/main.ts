import { parseArgs } from "node:util";
import { diagnose } from "../services/find.ts";
import { installCommand } from "../services/service.ts";
import { startHub, TOPICS } from "./hub.ts";
import { hasRelease, installRelease, installReleaseCommand, KNOWN_RELEASES } from "./release.ts";
import { roll, type RollReport } from "./roll.ts";

const USAGE = `The real central-ledger on a real database and a real broker, on 127.0.0.1.

  npm run core -- install VERSION...       installs releases from npm: ${KNOWN_RELEASES.join(", ")}
  npm run core -- up VERSION               starts a hub with two participants; Ctrl-C stops it
  npm run core -- roll FROM [TO] [options] rolls it under load and counts what became of each transfer

  --rate N        transfers a second (20)
  --seconds N     how long the load lasts (30)
  --runs N        how often, each with a new database and broker (1)
  --preload FILE  a module that is loaded before both releases; may be given several times
  --no-timeout    without the timeout handler, which can deadlock with a transfer of its own
  --json          print JSON
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rate: { type: "string", default: "20" },
    seconds: { type: "string", default: "30" },
    runs: { type: "string", default: "1" },
    preload: { type: "string", multiple: true, default: [] },
    "no-timeout": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const [command = "", ...versions] = positionals;

function needed(): string[] {
  const services = (["mariadb", "kafka"] as const).flatMap((name) => {
    const { where, detail } = diagnose(name);
    return where === undefined ? [`${name}: ${detail}; ${installCommand(name)}`] : [];
  });
  const releases = versions.flatMap((version) =>
    hasRelease(version)
      ? []
      : [`central-ledger ${version} is not installed; ${installReleaseCommand(version)}`],
  );
  return [...services, ...releases];
}

function install(): void {
  for (const version of versions) {
    const startedAt = performance.now();
    installRelease(version);
    console.log(`central-ledger ${version}, ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  }
}

async function up(version: string): Promise<void> {
  const hub = await startHub({ version });
  const { host, port, user, password, schema } = hub.backends.database;
  console.log(`central-ledger ${version}   http://127.0.0.1:${hub.api.port}`);
  console.log(`database                mysql://${user}:${password}@${host}:${port}/${schema}`);
  console.log(`kafka                   ${hub.backends.kafka}, ${TOPICS.length} topics`);
  console.log(`try: curl http://127.0.0.1:${hub.api.port}/participants`);
  console.log("Ctrl-C stops it.");
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  await hub.stop();
}

async function rollOnce(from: string, to: string | undefined): Promise<RollReport> {
  const options = {
    preload: values.preload,
    ...(values["no-timeout"] && { handlers: ["prepare", "position", "fulfil", "get", "admin"] as const }),
  };
  const hub = await startHub({ version: from, ...options });
  try {
    return await roll(hub, {
      ...(to !== undefined && { to: { version: to, ...options } }),
      rate: Number(values.rate),
      seconds: Number(values.seconds),
      rollAfter: Math.min(8, Number(values.seconds) / 3),
      onStep: (step) => {
        if (process.stderr.isTTY) console.error(step);
      },
    });
  } finally {
    await hub.stop();
  }
}

async function rollAll([from = "", to]: readonly string[]): Promise<void> {
  const reports: RollReport[] = [];
  if (!values.json) console.log("run  sent  committed  stuck  aborted  told wrongly  doubled  silence");
  for (let run = 1; run <= Number(values.runs); run += 1) {
    const report = await rollOnce(from, to);
    reports.push(report);
    const { sent, committed, stuck, aborted, toldWrongly, doubled, longestSilenceMs } = report;
    const cells = [run, sent, committed, stuck, aborted, toldWrongly, doubled, `${longestSilenceMs} ms`];
    const widths = [3, 4, 9, 5, 7, 12, 7, 7];
    if (!values.json) console.log(cells.map((cell, i) => String(cell).padStart(widths[i] ?? 0)).join("  "));
  }
  if (values.json) console.log(JSON.stringify(reports, null, 2));
}

const isKnown = ["install", "up", "roll"].includes(command) && versions.length > 0;
const missing = isKnown && command !== "install" ? needed() : [];
if (!isKnown || missing.length > 0) {
  console.error(missing.length > 0 ? missing.join("\n") : USAGE);
  process.exitCode = missing.length > 0 ? 1 : 2;
} else if (command === "install") install();
else if (command === "up") await up(versions[0] ?? "");
else await rollAll(versions);
