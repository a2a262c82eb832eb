import { connect } from "node:net";
import { join } from "node:path";
import { firstLineOf, freePorts, installDebian, run, temporaryFolder } from "../machine.ts";
import { startProgram } from "../program.ts";
import type { Service } from "../service.ts";

/** MariaDB from Debian, started by hand on a data folder of its own: the machine's own database is never touched. */
export const mariadb: Service = {
  name: "mariadb",
  variable: "MARIADB_URL",
  next: (url) => [
    `mariadb --host=127.0.0.1 --port=${new URL(url).port} --user=root`,
    `npx mojaver db migrate DIR --live --url ${url}/DATABASE`,
  ],
  doctor() {
    const version = firstLineOf("mariadbd", "--no-defaults", "--version");
    return version === undefined
      ? { detail: "no program mariadbd" }
      : { where: "machine", detail: /Ver (\S+)/.exec(version)?.[1] ?? version };
  },
  install() {
    if (!this.doctor().where) installDebian("mariadb-server");
  },
  async start({ dir } = {}) {
    const folder = dir ?? temporaryFolder("mariadb");
    const data = join(folder, "data");
    const asRoot = process.getuid?.() === 0 ? ["--user=root"] : [];
    run("mariadb-install-db", [
      "--no-defaults",
      `--datadir=${data}`,
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
      ...asRoot,
    ]);
    const [port = 0] = await freePorts(1);
    const server = startProgram(
      "mariadbd",
      [
        "--no-defaults",
        ...asRoot,
        `--datadir=${data}`,
        `--socket=${join(folder, "mysql.sock")}`,
        `--pid-file=${join(folder, "mysql.pid")}`,
        "--bind-address=127.0.0.1",
        `--port=${port}`,
        "--skip-name-resolve",
        "--character-set-server=utf8mb4",
        "--max-connections=300",
        // A killed server loses nothing with this, only a power cut does; the disk is not waited for at each commit.
        "--innodb-flush-log-at-trx-commit=2",
      ],
      dir === undefined ? folder : undefined,
    );
    await server.ready(() => greets(port), 60);
    return { url: `mysql://root@127.0.0.1:${port}`, pid: server.pid, stop: () => server.stop() };
  },
};

// The server speaks first: its greeting is a packet whose fifth byte is the protocol, 10; 255 would be an error packet.
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("data", (packet) => end(packet[4] === 10)());
    socket.setTimeout(1000, end(false)).once("error", end(false)).once("close", end(false));
  });
}
