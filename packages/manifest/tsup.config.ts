import { library } from "../../tools/tsup.ts";

export default library(
  ["src/index.ts", "src/chart.ts", "src/migrations.ts", "src/support.ts", "src/tags.ts"],
  // Of node-sql-parser's 89 MB the build contains the MySQL part alone, with its one dependency.
  { noExternal: ["node-sql-parser", "big-integer"] },
);
