import { library } from "../../tools/tsup.ts";

export default library(["src/index.ts", "src/chart.ts", "src/support.ts", "src/tags.ts"]);
