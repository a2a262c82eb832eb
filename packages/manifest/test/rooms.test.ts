import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const SRC = fileURLToPath(new URL("../src/", import.meta.url));

// A folder imports from itself and from folders after it in this list, never from one before it.
const ORDER = [
  "extract",
  "support",
  "upgrade",
  "compatibility",
  "chart",
  "manifest",
  "migration-files",
  "migrations",
  "rules",
  "tags",
  "text",
];
const folders = readdirSync(SRC, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);

test("every folder of src has a place in the order, and at most 15 files", () => {
  expect(folders.toSorted()).toEqual(ORDER.toSorted());
  for (const folder of folders) expect(readdirSync(join(SRC, folder)).length).toBeLessThanOrEqual(15);
});

test.each(ORDER)("%s imports only from itself and from folders below it", (folder) => {
  const imports = readdirSync(join(SRC, folder)).flatMap((file) =>
    ts
      .preProcessFile(readFileSync(join(SRC, folder, file), "utf8"), true, true)
      .importedFiles.map(({ fileName }) => ({
        file,
        target: /^\.\.\/([^/]+)\/[^/]+\.ts$/.exec(fileName)?.[1],
      })),
  );
  const wrong = imports.filter(
    ({ target }) => target !== undefined && ORDER.indexOf(target) < ORDER.indexOf(folder),
  );
  expect(wrong).toEqual([]);
});
