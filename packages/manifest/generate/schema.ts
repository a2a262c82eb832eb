import { writeFileSync } from "node:fs";
import { manifestJsonSchema } from "../src/index.ts";

// `npm run schema` in this package, after a change of the schema.
writeFileSync(new URL("../manifest.schema.json", import.meta.url), JSON.stringify(manifestJsonSchema()));
