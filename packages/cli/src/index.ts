export type { Io } from "./context.ts";
export { run } from "./program.ts";
