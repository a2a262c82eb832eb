import { diagnose, INSTALLABLE, SERVICES, startService } from "./find.ts";
import { installCommand, type ServiceName } from "./service.ts";

const USAGE = `Real services for tests and for people, on 127.0.0.1.

  npm run services -- doctor               what is here, and what is missing
  npm run services -- install [NAME...]    brings ${Object.keys(INSTALLABLE).join(", ")}; all without a name
  npm run services -- up NAME...           starts services, prints their addresses, stops them on Ctrl-C
`;

const [command = "", ...words] = process.argv.slice(2);

function named(): ServiceName[] {
  return words.map((word) => {
    if (Object.hasOwn(SERVICES, word)) return word as ServiceName; // a key of the table
    console.error(`services: unknown service "${word}"; known are ${Object.keys(SERVICES).join(", ")}`);
    process.exit(2);
  });
}

function installables(): string[] {
  const unknown = words.filter((word) => !Object.hasOwn(INSTALLABLE, word));
  if (unknown.length > 0) {
    const known = Object.keys(INSTALLABLE).join(", ");
    console.error(`services: cannot install ${unknown.join(", ")}; known are ${known}`);
    process.exit(2);
  }
  return words.length > 0 ? words : Object.keys(INSTALLABLE);
}

function doctor(): void {
  for (const [name, installable] of Object.entries(INSTALLABLE)) {
    const { where, detail } = Object.hasOwn(SERVICES, name)
      ? diagnose(name as ServiceName) // a key of the table
      : installable.doctor();
    const found =
      where === undefined ? `missing: ${detail}; ${installCommand(name)}` : `${detail} (${where})`;
    console.log(`${name.padEnd(16)}${found}`);
    if (where === undefined) process.exitCode = 1;
  }
}

function install(): void {
  for (const name of installables()) {
    const started = Date.now();
    try {
      INSTALLABLE[name]?.install();
      const detail = INSTALLABLE[name]?.doctor().detail ?? "";
      console.log(`${name.padEnd(16)}${detail}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
    } catch (error) {
      console.error(`${name.padEnd(16)}${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
}

async function up(): Promise<void> {
  const names = named();
  if (names.length === 0) {
    usage();
    return;
  }
  const missing = names.filter((name) => diagnose(name).where === undefined);
  if (missing.length > 0) {
    for (const name of missing) console.error(`${name}: ${diagnose(name).detail}; ${installCommand(name)}`);
    process.exit(1);
  }
  const running = await Promise.all(names.map(async (name) => ({ name, service: await startService(name) })));
  for (const { name, service } of running) {
    const { variable, next } = SERVICES[name];
    console.log(`${name.padEnd(16)}${service.url}${variable ? `   export ${variable}=${service.url}` : ""}`);
    for (const line of next(service.url)) console.log(`${" ".repeat(16)}try: ${line}`);
  }
  console.log("Ctrl-C stops them.");
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    setInterval(() => undefined, 2 ** 30); // a service of the environment keeps nothing open
  });
  await Promise.all(running.map(({ service }) => service.stop()));
  process.exit();
}

function usage(): void {
  console.error(USAGE);
  process.exitCode = 2;
}

if (command === "doctor") doctor();
else if (command === "install") install();
else if (command === "up") await up();
else usage();
