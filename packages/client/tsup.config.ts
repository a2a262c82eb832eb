import { library } from "../../tools/tsup.ts";

export default library(["src/index.ts", "src/ilp.ts", "src/jws.ts", "src/oauth.ts"]);
