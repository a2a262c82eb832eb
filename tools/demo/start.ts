import { prepare } from "../nx.ts";

// `mojaver demo` from source, so that a fresh clone needs no build. Some of the source is made from specs/.
prepare(["run", "@mojaloop-versioning/transform:generate"], "the sources could not be generated");
process.argv.splice(2, 0, "demo");
await import("../../packages/cli/src/main.ts");
