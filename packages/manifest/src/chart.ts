export { readReleaseNote, type ReleaseNote } from "./chart/release-note.ts";
export { serviceOfMigrations } from "./extract/extract-inputs.ts";
export { extractFromChart, type ExtractOptions } from "./extract/extract-manifest.ts";
