// Ends what a process started once that process is gone, however it went: standard input is a pipe from it, and the pipe's end
// is its death. Each line is { "group": pid, "dir"?: folder } to watch, or { "ended": pid } to forget.
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";

const watched = new Map();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined); // Ctrl-C reaches the whole terminal group
for await (const line of createInterface({ input: process.stdin })) {
  const { group, dir, ended } = JSON.parse(line);
  if (ended !== undefined) watched.delete(ended);
  else watched.set(group, dir);
}
for (const group of watched.keys()) {
  try {
    process.kill(-group, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error; // already gone
  }
}
for (const dir of watched.values()) {
  if (dir !== undefined) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}
