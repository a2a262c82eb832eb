import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { supportedVersions } from "@mojaloop-versioning/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createConsumer, specifiersOf, type Consumer } from "./consumer.ts";
import { PACKAGES, ROOT } from "./workspace.ts";

let consumer: Consumer;

beforeAll(() => {
  consumer = createConsumer();
}, 300_000);

afterAll(() => {
  rmSync(consumer.folder, { recursive: true, force: true });
});

const specifiers = PACKAGES.flatMap(specifiersOf);

/** Runs a program in the consumer's folder and reads the JSON it prints: specifier → names of its exports. */
function exportsSeenBy(extension: "mjs" | "cjs"): Record<string, string[]> {
  const load = extension === "mjs" ? "await import(specifier)" : "require(specifier)";
  const file = join(consumer.folder, `all.${extension}`);
  writeFileSync(
    file,
    `const seen = {};
     for (const specifier of ${JSON.stringify(specifiers)}) {
       const { default: ignored, "module.exports": same, __esModule, ...named } = ${load};
       seen[specifier] = Object.keys(named).sort();
     }
     console.log(JSON.stringify(seen));`,
  );
  return JSON.parse(
    execFileSync(process.execPath, [file], { cwd: consumer.folder, encoding: "utf8" }),
  ) as Record<string, string[]>; // what the program above prints
}

describe("the packed tarballs, installed by npm into an empty folder", () => {
  test("every export resolves, and gives the same names to import and to require", () => {
    const esm = exportsSeenBy("mjs");
    expect(Object.keys(esm)).toEqual(specifiers);
    expect(exportsSeenBy("cjs")).toEqual(esm);
  }, 60_000);

  test.each([
    ["ESM", "mjs", "(name) => import(name)"],
    ["CommonJS", "cjs", "async (name) => require(name)"],
  ])(
    "a real call of each package from %s gives what it should",
    (_system, extension, load) => {
      copyFileSync(join(import.meta.dirname, "first-calls.mjs"), join(consumer.folder, "first-calls.mjs"));
      const program = `import("./first-calls.mjs").then(({ firstCalls }) => firstCalls(${load})).then((said) => console.log(JSON.stringify(said)));`;
      const file = join(consumer.folder, `call.${extension}`);
      writeFileSync(file, program);
      expect(
        JSON.parse(execFileSync(process.execPath, [file], { cwd: consumer.folder, encoding: "utf8" })),
      ).toEqual({
        protocol: ["1.10", "1.2"],
        validate: false,
        schemas: true,
        negotiate: "1.0",
        transform: { party: {} },
        adapter: 200,
        simulator: "COMMITTED",
        client: true,
        specDiff: true,
        manifest: "unknown",
      });
    },
    60_000,
  );

  test("the example of negotiate's README answers 202 stamped, and 406 with the list", async () => {
    const readme = readFileSync(join(ROOT, "packages/negotiate/README.md"), "utf8");
    const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
    // As printed, but on a free port that it tells.
    const code = example.replace(
      /\.listen\(\d+, ("127\.0\.0\.1")\);/,
      ".listen(0, $1, function () { console.log(this.address().port); });",
    );
    expect(code).not.toBe(example);
    writeFileSync(join(consumer.folder, "readme.mjs"), code);
    const service = spawn(process.execPath, ["readme.mjs"], {
      cwd: consumer.folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [port] = (await once(service.stdout, "data")) as [Buffer]; // what the line above makes it print
      const vendor = "application/vnd.interoperability.transfers+json";
      const post = (accept: string): Promise<Response> =>
        fetch(`http://127.0.0.1:${port.toString().trim()}/transfers`, {
          method: "POST",
          headers: {
            accept,
            "content-type": `${vendor};version=1.0`,
            date: new Date().toUTCString(),
            "fspiop-source": "payer",
          },
          body: "{}",
        });
      const accepted = await post(`${vendor};version=1`);
      expect(accepted.status).toBe(202);
      expect(accepted.headers.get("content-type")).toBe(`${vendor};version=1.1`);
      expect(accepted.headers.get("vary")).toBe("Accept");
      const refused = await post(`${vendor};version=9`);
      expect(refused.status).toBe(406);
      expect(supportedVersions(await refused.json())).toEqual(["2.0", "1.1", "1.0"]);
    } finally {
      service.kill();
    }
  });

  test("every command starts", () => {
    for (const bin of PACKAGES.flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}))) {
      const { status, stdout } = spawnSync(join(consumer.folder, "node_modules", ".bin", bin), ["--help"], {
        encoding: "utf8",
      });
      expect(status).toBe(0);
      expect(stdout).toContain(bin);
    }
  });
});
