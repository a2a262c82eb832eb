import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll } from "vitest";

const made: string[] = [];
afterAll(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** A folder with the given files, removed after the tests of the file. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "chart-"));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** A `.tgz` with the given files. A name too long for ustar gets the header of PAX, as Helm writes it. */
export function archiveOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const body = Buffer.from(content);
    if (name.length <= 100) return entry(name, "0", body);
    const record = ` path=${name}\n`;
    const length = record.length + String(record.length + 3).length;
    return [...entry("pax", "x", Buffer.from(`${length}${record}`)), ...entry(name.slice(0, 100), "0", body)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function entry(name: string, kind: string, body: Buffer): Buffer[] {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${body.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write(kind, 156);
  header.write("ustar", 257);
  return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
}
