import { createServer } from "node:http";
import { parentPort } from "node:worker_threads";

const server = createServer((_request, response) => response.end("thread"));
server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
