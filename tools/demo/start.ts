import { execFileSync } from "node:child_process";

// `mojaver demo` from source, so that a fresh clone needs no build. Some of the source is made from specs/; nx remembers what it has made.
try {
  execFileSync("nx", ["run", "@mojaloop-versioning/transform:generate"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
} catch (error) {
  const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string }; // what execFileSync throws
  console.error(`the sources could not be generated\n${stdout}${stderr}`);
  process.exit(3);
}
process.argv.splice(2, 0, "demo");
await import("../../packages/cli/src/main.ts");
