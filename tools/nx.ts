import { execFileSync } from "node:child_process";

/** Has nx make what a program needs before it starts, quietly; nx remembers what it has made. A failure ends this process with 3. */
export function prepare(words: readonly string[], complaint: string): void {
  try {
    execFileSync("nx", words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string }; // what execFileSync throws
    console.error(`${complaint}\n${stdout}${stderr}`);
    process.exit(3);
  }
}
