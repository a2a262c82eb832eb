import { library } from "../../tools/tsup.ts";

export default library([
  "src/index.ts",
  "src/express.ts",
  "src/fastify.ts",
  "src/fetch.ts",
  "src/hapi.ts",
  "src/metrics.ts",
  "src/node.ts",
]);
