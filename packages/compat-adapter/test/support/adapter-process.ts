import { startAdapter } from "../../src/service.ts";

// An adapter in a process of its own, so that a test can kill it; it does not outlive the test.
process.once("disconnect", () => process.exit());
// What one collection sets free, such as the memory of buffers, is gone after the next.
process.on("message", () => {
  globalThis.gc?.();
  setTimeout(() => {
    globalThis.gc?.();
    process.send?.(process.memoryUsage());
  }, 100);
});
process.channel?.unref();
const started = await startAdapter({ config: process.argv[2] ?? "", signals: true });
if (!started.ok) throw new Error(JSON.stringify(started.mistakes));
process.send?.("ready");
