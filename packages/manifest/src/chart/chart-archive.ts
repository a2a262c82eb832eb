import { gunzipSync } from "node:zlib";
import { VersioningError } from "@mojaloop-versioning/protocol";

const BLOCK = 512;
// A packaged umbrella chart with everything below it unpacks to some MiB.
const LARGEST = 256 * 1024 * 1024;

/** Whether a file is named like a packaged chart. */
export function isArchive(name: string): boolean {
  return /\.(?:tgz|tar\.gz)$/.test(name);
}

/**
 * The files of a `.tgz` by their paths: ustar, with the long names of PAX and GNU, which is what Helm and `tar` write.
 * @throws VersioningError `unreadable-input`
 */
export function readArchive(bytes: Uint8Array, file: string): ReadonlyMap<string, Uint8Array> {
  try {
    return filesOf(gunzipSync(bytes, { maxOutputLength: LARGEST }));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new VersioningError("unreadable-input", `${file}: is no archive that can be read: ${why}`, {
      cause,
    });
  }
}

function filesOf(tar: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let long: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0;) {
    const header = tar.subarray(at, at + BLOCK);
    const size = Number.parseInt(field(header, 124, 12), 8);
    const body = tar.subarray(at + BLOCK, at + BLOCK + size);
    if (!(size >= 0) || body.length < size) throw new Error(`it breaks off after ${files.size} files`);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const kind = field(header, 156, 1);
    if (kind === "x") long = paxPath(body);
    else if (kind === "L") long = field(body, 0, size);
    else {
      // POSIX ustar: the prefix holds what the name has no room for.
      const prefix = field(header, 257, 5) === "ustar" ? field(header, 345, 155) : "";
      const name = long ?? (prefix === "" ? "" : `${prefix}/`) + field(header, 0, 100);
      if (kind === "" || kind === "0") files.set(name.replace(/^\.\//, ""), body);
      long = undefined;
    }
  }
  return files;
}

// POSIX pax: each record is `LENGTH KEY=VALUE\n`, its length counting itself.
function paxPath(body: Uint8Array): string | undefined {
  for (let rest = body; rest.length > 0;) {
    const length = Number.parseInt(field(rest, 0, rest.length), 10);
    if (!(length > 0)) return undefined;
    const record = new TextDecoder().decode(rest.subarray(0, length));
    const path = /^\d+ path=([^\n]*)\n$/.exec(record)?.[1];
    if (path !== undefined) return path;
    rest = rest.subarray(length);
  }
  return undefined;
}

function field(bytes: Uint8Array, start: number, length: number): string {
  return new TextDecoder().decode(bytes.subarray(start, start + length)).replace(/\0.*$/s, "");
}
