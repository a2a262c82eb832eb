import { connect } from "node:net";
import { firstLineOf, freePorts, installDebian, temporaryFolder } from "../machine.ts";
import { startProgram } from "../program.ts";
import type { Service } from "../service.ts";

/** Redis from Debian, in memory only. */
export const redis: Service = {
  name: "redis",
  variable: "REDIS_URL",
  next: (url) => [`redis-cli -u ${url} ping`],
  doctor() {
    const version = firstLineOf("redis-server", "--version");
    return version === undefined
      ? { detail: "no program redis-server" }
      : { where: "machine", detail: /v=(\S+)/.exec(version)?.[1] ?? version };
  },
  install() {
    if (!this.doctor().where) installDebian("redis-server");
  },
  async start({ dir } = {}) {
    const folder = dir ?? temporaryFolder("redis");
    const [port = 0] = await freePorts(1);
    const server = startProgram(
      "redis-server",
      ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder],
      dir === undefined ? folder : undefined,
    );
    await server.ready(() => answersPing(port), 30);
    return { url: `redis://127.0.0.1:${port}`, pid: server.pid, stop: () => server.stop() };
  },
};

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => void socket.write("PING\r\n"));
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("data", (reply) => end(reply.toString() === "+PONG\r\n")());
    socket.setTimeout(1000, end(false)).once("error", end(false)).once("close", end(false));
  });
}
