import { PACKAGES } from "../test/workspace.ts";
import { dryRun } from "./publish.ts";

// What a release would publish, a line per package. The packages must be built.
for (const { folder } of PACKAGES) {
  const { name, version, files, unpackedBytes } = dryRun(folder);
  const size = `${Math.ceil(unpackedBytes / 1024)} KiB`;
  console.log(
    `${name.padEnd(38)}${version.padEnd(9)}${`${files.length} files`.padStart(10)}${size.padStart(11)}`,
  );
}
