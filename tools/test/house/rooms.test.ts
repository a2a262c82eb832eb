import { describe, expect, test } from "vitest";
import { PACKAGES } from "../workspace.ts";
import { expectNoneBut } from "./debts.ts";
import { relativeImports, SOURCES, type Source } from "./sources.ts";

/**
 * The folders in `src` of each package, bottom first: a file may import from its own folder and from those before it. Files that lie
 * in `src` itself are outside of the order; the test of import cycles covers them.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  cli: ["commands", "demo", "schemas"],
  client: ["signatures", "ilp", "api", "send", "callbacks", "exchange", "server", "oauth"],
  "compat-adapter": [
    "conversations",
    "server",
    "bodies",
    "delivery",
    "signatures",
    "message",
    "config",
    "operations",
  ],
  database: ["server", "schema", "fill", "knex", "live"],
  graceful: ["servers", "register"],
  manifest: [
    "rules",
    "migrations",
    "migration-files",
    "tags",
    "text",
    "manifest",
    "chart",
    "compatibility",
    "extract",
    "support",
    "upgrade",
  ],
  negotiate: ["callbacks", "options", "core", "adapters", "paths"],
  protocol: [],
  simulator: [],
  "spec-diff": ["pattern", "rules", "schema", "read", "compare", "report", "operations", "render", "witness"],
  transform: [
    "values",
    "declare",
    "check",
    "compile",
    "fspiop",
    "proposals",
    "settlement",
    "stash",
    "registry",
    "testing",
  ],
  types: [],
};

function roomOf(inside: string): string {
  const slash = inside.indexOf("/");
  return slash < 0 ? "" : inside.slice(0, slash);
}

const byPath = new Map(SOURCES.map((source) => [source.path, source]));

/** Imports of one package that run against the order of its rooms. */
function backwardImports(name: string, rooms: readonly string[]): string[] {
  const height = (room: string): number => rooms.indexOf(room);
  return SOURCES.filter(({ workspacePackage }) => workspacePackage.name === name).flatMap((source) =>
    relativeImports(source).flatMap(({ path }) => {
      const imported = byPath.get(path);
      if (!imported || roomOf(source.inside) === "") return [];
      return height(roomOf(imported.inside)) > height(roomOf(source.inside))
        ? [`${source.path} imports ${path}`]
        : [];
    }),
  );
}

describe.each(PACKAGES)("$name", ({ name }) => {
  const rooms = ROOMS[name] ?? [];

  test("has a row with its folders", () => {
    const folders = SOURCES.filter(({ workspacePackage }) => workspacePackage.name === name).map(
      ({ inside }) => roomOf(inside),
    );
    expect([...rooms].sort()).toEqual([...new Set(folders)].filter((room) => room !== "").sort());
  });

  test("imports between its folders run one way", () => {
    expectNoneBut(
      `rooms of ${name}`,
      backwardImports(name, rooms),
      "move the file, or correct the order in ROOMS",
    );
  });
});

/** Files that can reach themselves by imports that remain after compilation. */
function cycles(): string[] {
  const runtime = new Map(
    SOURCES.map((source: Source) => [
      source.path,
      relativeImports(source)
        .filter(({ typeOnly }) => !typeOnly)
        .map(({ path }) => path),
    ]),
  );
  const reaches = (start: string): boolean => {
    const seen = new Set<string>();
    const open = [...(runtime.get(start) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === start) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(runtime.get(next) ?? []));
    }
    return false;
  };
  return [...runtime.keys()].filter(reaches);
}

test("no file imports itself at run time, directly or through others", () => {
  expectNoneBut("import cycle", cycles(), "move what both need into a file of its own");
});
