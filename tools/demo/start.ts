import { execFileSync } from "node:child_process";

// The packages run from source, and some of it is generated; nx remembers what it has made.
try {
  execFileSync("nx", ["run-many", "-t", "generate"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
} catch (error) {
  const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string }; // what execFileSync throws
  console.error(`the sources could not be generated\n${stdout}${stderr}`);
  process.exit(3);
}
await import("./main.ts");
