export { run } from "./program.ts";
export type { ExitCode, Terminal } from "./terminal.ts";
