// Copies licence and notice into the package that is packed: npm runs this in the package's folder.
import { copyFileSync } from "node:fs";

for (const file of ["LICENSE", "NOTICE"]) copyFileSync(`../../${file}`, file);
