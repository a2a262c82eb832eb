// A service that knows nothing of graceful: node unchanged.mjs [own-handler]
import { createServer } from "node:http";

const server = createServer((request, response) => {
  setTimeout(() => response.end("done"), Number(new URL(request.url, "http://x").searchParams.get("ms")));
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));

if (process.argv[2] === "own-handler")
  process.on("SIGTERM", (signal) => {
    process.stderr.write(`own handler: ${signal}\n`);
    process.exit(7);
  });
if (process.argv[2] === "deaf-handler") {
  process.on("SIGTERM", () => process.stderr.write("own handler\n"));
  setInterval(() => undefined, 1_000);
}
