// The same as a CommonJS program.
const { createServer } = require("node:http");

const server = createServer((_request, response) => setTimeout(() => response.end("done"), 300));
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));
