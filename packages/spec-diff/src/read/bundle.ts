import { VersioningError } from "@mojaloop-versioning/protocol";
import { isRecord, pointerTo, stepsOf } from "../schema/json.ts";
import { readSpec, type Position, type SpecSource } from "./spec-source.ts";

/** How the files of a document are read. */
export interface SpecFiles {
  /** The main file, relative to the folder that holds all files: `openapi.yaml`, `api/openapi.yaml`. */
  readonly main: string;
  /** What messages call the document; by default the main file. */
  readonly name?: string;
  /**
   * The text of a file of the folder.
   * @param path with `/`, without `.` and `..`
   */
  readonly read: (path: string) => string;
}

/** The member of the bundled document that holds the other files, by path. */
const FILES = "x-files";
/** Most files of one document. */
const MAX_FILES = 2000;

/**
 * Reads a document whose `$ref`s lead to other files. The result is one document in which every reference is internal; `locate` knows the
 * file of each part.
 * @throws VersioningError `invalid-spec` for a file that cannot be read or parsed, or that is outside of the folder
 */
export function readSpecFiles({ main, name = main, read }: SpecFiles): SpecSource {
  const first = readSpec(read(main), name);
  if (!isRecord(first.document)) return first;
  const files = new Map<string, SpecSource>([[main, first]]);
  // Messages name the other files as they name the main one.
  const prefix = name.endsWith(main) ? name.slice(0, name.length - main.length) : "";
  const bundled = new Map<string, unknown>();
  const open = [main];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const source = files.get(path);
    if (!source) continue;
    const rewritten = rewrite(source.document, (ref) => {
      const target = targetOf(ref, path, source.name);
      if (!files.has(target.path)) {
        if (files.size >= MAX_FILES)
          throw new VersioningError("invalid-spec", `${name}: more than ${String(MAX_FILES)} files`);
        files.set(target.path, readSpec(read(target.path), prefix + target.path));
        open.push(target.path);
      }
      return pointerIn(target.path, main) + target.pointer;
    });
    bundled.set(path, rewritten);
  }
  const root = bundled.get(main);
  const others = [...bundled].filter(([path]) => path !== main);
  if (others.length === 0 || !isRecord(root)) return first;
  return {
    name,
    document: { ...root, [FILES]: Object.fromEntries(others) },
    locate: (pointer) => locate(pointer, files, first),
    duplicates: first.duplicates,
  };
}

function pointerIn(path: string, main: string): string {
  return path === main ? "#" : pointerTo("#", FILES, path);
}

function locate(
  pointer: string,
  files: ReadonlyMap<string, SpecSource>,
  main: SpecSource,
): Position | undefined {
  const [member, path = "", ...rest] = stepsOf(pointer);
  if (member !== FILES) return main.locate(pointer);
  return files.get(path)?.locate(pointerTo("#", ...rest));
}

interface FileTarget {
  readonly path: string;
  /** Below the root of the file, without `#`. */
  readonly pointer: string;
}

function targetOf(ref: string, from: string, name: string): FileTarget {
  const hash = ref.indexOf("#");
  const [file, pointer] = hash < 0 ? [ref, ""] : [ref.slice(0, hash), ref.slice(hash + 1)];
  if (file === "") return { path: from, pointer };
  if (/^[a-z][a-z0-9+.-]*:/i.test(file) || file.startsWith("/")) {
    throw new VersioningError(
      "invalid-spec",
      `${name}: ${ref}: only files in the folder of the document are read`,
    );
  }
  const steps = from.split("/").slice(0, -1);
  for (const step of decodeURIComponent(file).split("/")) {
    if (step === "." || step === "") continue;
    if (step !== "..") steps.push(step);
    else if (steps.pop() === undefined) {
      throw new VersioningError(
        "invalid-spec",
        `${name}: ${ref}: the file is outside of the folder that is read`,
      );
    }
  }
  return { path: steps.join("/"), pointer };
}

// Copies a document with other references. Values that are data, such as examples, are left alone.
function rewrite(value: unknown, refOf: (ref: string) => string, isNamed = false): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, refOf));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => {
    if (isNamed) return [name, rewrite(inner, refOf)];
    if (name === "$ref" && typeof inner === "string") return [name, refOf(inner)];
    if (DATA.has(name)) return [name, inner];
    if (name === "mapping" && isRecord(inner)) return [name, rewriteMapping(inner, refOf)];
    return [name, rewrite(inner, refOf, name === "properties")];
  });
  return Object.fromEntries(entries);
}

// The mapping of a discriminator holds references, or names of components (OpenAPI 3.1, 4.8.25).
function rewriteMapping(mapping: Readonly<Record<string, unknown>>, refOf: (ref: string) => string): object {
  return Object.fromEntries(
    Object.entries(mapping).map(([value, to]) => [
      value,
      typeof to === "string" && /[#/.]/.test(to) ? refOf(to) : to,
    ]),
  );
}

const DATA: ReadonlySet<string> = new Set(["example", "examples", "default", "enum", "const"]);
