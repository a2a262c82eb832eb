import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

/** The file of nx's command, for `process.execPath`: works without a shell, so on Windows too. */
export const NX: string = createRequire(import.meta.url).resolve("nx/bin/nx.js");

/** Has nx build what a program needs before it starts, without output. A failure ends this process with exit code 3. */
export function prepare(words: readonly string[], complaint: string): void {
  try {
    execFileSync(process.execPath, [NX, ...words], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string }; // what execFileSync throws
    console.error(`${complaint}\n${stdout}${stderr}`);
    process.exit(3);
  }
}
