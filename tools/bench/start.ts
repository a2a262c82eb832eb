import { execFileSync } from "node:child_process";

// What is measured is what users install; nx remembers what it has built.
try {
  execFileSync("nx", ["run-many", "-t", "build"], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
} catch (error) {
  const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string }; // what execFileSync throws
  console.error(`the packages could not be built\n${stdout}${stderr}`);
  process.exit(3);
}
await import("./main.ts");
