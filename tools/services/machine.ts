import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

/** Ports of 127.0.0.1 that were free a moment ago, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Server>((resolve, reject) => {
          const server = createServer().once("error", reject);
          server.listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port); // it listens on TCP
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Where a service keeps what it downloads: `~/.cache/mojaloop-versioning/kafka-4.3.1`. */
export function cacheFolder(name: string): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "mojaloop-versioning", name);
}

/** A new folder in the system's temporary folder. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `${name}-`));
}

/** The first line that a program prints, or undefined where the program is absent or fails. */
export function firstLineOf(command: string, ...args: string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) return undefined;
  return `${stdout}${stderr}`.trim().split("\n")[0];
}

/**
 * Runs a program to its end.
 * @throws Error with its output when it fails
 */
export function run(command: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) {
    const output = `${error?.message ?? ""}${stdout}${stderr}`.trim().slice(-2000);
    throw new Error(`${[command, ...args].join(" ")} failed:\n${output}`);
  }
}

/**
 * Installs packages of Debian without what they recommend.
 * @throws Error when this is not Debian or the rights are missing; it names the command to run
 */
export function installDebian(...packages: string[]): void {
  const command = `apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  if (process.getuid?.() !== 0) throw new Error(`run as root: apt-get update && ${command}`);
  run("apt-get", ["update"]);
  run("env", ["DEBIAN_FRONTEND=noninteractive", ...command.split(" ")]);
}
