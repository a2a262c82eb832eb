import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SRC = fileURLToPath(new URL("../src/", import.meta.url));

/** The folders of `src`, from the top: each may import from those below it. Entries at the top of `src` may import from all. */
const ROOMS = [
  "config",
  "operations",
  "message",
  "delivery",
  "bodies",
  "conversations",
  "signatures",
  "server",
] as const;

test("every folder of src is in the list", () => {
  const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...ROOMS].sort());
});

test.each(ROOMS)("%s imports only from folders below it, and has at most 15 files", (room) => {
  const files = readdirSync(`${SRC}${room}`);
  expect(files.length).toBeLessThanOrEqual(15);
  const allowed = ROOMS.slice(ROOMS.indexOf(room) + 1);
  for (const file of files) {
    const imports = readFileSync(`${SRC}${room}/${file}`, "utf8").matchAll(/from "\.\.\/([^"]+)"/g);
    for (const [, path = ""] of imports)
      expect(allowed, `${room}/${file} imports ${path}`).toContain(path.split("/")[0]);
  }
});
