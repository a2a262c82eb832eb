import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { diagnose, SERVICES, startService } from "../services/find.ts";
import { describeWith } from "../services/suite.ts";
import type { ServiceName } from "../services/service.ts";

const NAMES = Object.keys(SERVICES) as ServiceName[]; // the table's own keys

describe.each(NAMES)("%s", (name) => {
  describeWith(name, "started", (service) => {
    test("listens on loopback at the address that it gives", async () => {
      const address = addressOf(service().url);
      expect(address.host).toBe("127.0.0.1");
      expect(await accepts(address)).toBe(true);
    });
  });

  // An instance of the environment is not ours to kill.
  test.skipIf(diagnose(name).where === undefined || diagnose(name).where === "environment")(
    "ends, with its folder, when its owner is killed with SIGKILL",
    async () => {
      const temporary = mkdtempSync(join(tmpdir(), "owner-"));
      const owner = spawn(
        process.execPath,
        ["--import", "tsx", fileURLToPath(new URL("owner-of-services.ts", import.meta.url)), name],
        { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, TMPDIR: temporary } },
      );
      const [line] = (await once(createInterface({ input: owner.stdout }), "line")) as [string];
      const { url, pid } = JSON.parse(line) as { url: string; pid: number }; // what the program above prints
      expect(await accepts(addressOf(url))).toBe(true);
      expect(readdirSync(temporary)).not.toEqual([]);
      owner.kill("SIGKILL");
      await until(() => !existsSync(`/proc/${pid}`));
      await until(() => readdirSync(temporary).filter((entry) => entry.startsWith(name)).length === 0);
      expect(await accepts(addressOf(url))).toBe(false);
      rmSync(temporary, { recursive: true, force: true });
    },
  );
});

describe("an address in the environment", () => {
  afterEach(() => {
    delete process.env["MARIADB_URL"];
  });

  test("is used before anything on the machine, and never stopped", async () => {
    process.env["MARIADB_URL"] = "mysql://app@db.example:3306";
    expect(diagnose("mariadb")).toEqual({ where: "environment", detail: "mysql://app@db.example:3306" });
    const service = await startService("mariadb");
    expect(service).toMatchObject({ url: "mysql://app@db.example:3306" });
    await service.stop();
  });

  test("is ignored when empty", () => {
    process.env["MARIADB_URL"] = "";
    expect(diagnose("mariadb").where).not.toBe("environment");
  });
});

function addressOf(url: string): { host: string; port: number } {
  const [host = "", port = ""] = url.replace(/^\w+:\/\/(?:\w+@)?/, "").split(":");
  return { host, port: Number(port) };
}

function accepts({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

// Bounded by the test's own time limit.
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}
