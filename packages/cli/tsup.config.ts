import { library } from "../../tools/tsup.ts";

// The data lie beside the output: the shims tell the CommonJS copy where it lies.
export default library(["src/index.ts", "src/main.ts"], { shims: true });
