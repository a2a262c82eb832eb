import { firstLineOf, freePorts, installDebian, temporaryFolder } from "../machine.ts";
import { startProgram } from "../program.ts";
import type { Service } from "../service.ts";

/** Chromium from Debian, without a window, on a profile of its own. A client attaches by the DevTools protocol. */
export const chromium: Service = {
  name: "chromium",
  next: (url) => [`curl ${url}/json/version`],
  doctor() {
    const version = firstLineOf("chromium", "--version");
    return version === undefined
      ? { detail: "no program chromium" }
      : { where: "machine", detail: /[\d.]{5,}/.exec(version)?.[0] ?? version };
  },
  install() {
    if (!this.doctor().where) installDebian("chromium");
  },
  async start({ dir } = {}) {
    const folder = dir ?? temporaryFolder("chromium");
    const [port = 0] = await freePorts(1);
    const browser = startProgram(
      "chromium",
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--remote-debugging-address=127.0.0.1",
        `--remote-debugging-port=${port}`,
        `--user-data-dir=${folder}`,
        "about:blank",
      ],
      dir === undefined ? folder : undefined,
    );
    const url = `http://127.0.0.1:${port}`;
    await browser.ready(
      () =>
        fetch(`${url}/json/version`).then(
          ({ ok }) => ok,
          () => false,
        ),
      60,
    );
    return { url, pid: browser.pid, stop: () => browser.stop() };
  },
};
