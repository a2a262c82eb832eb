import { isVersion, newestFirst, type Version } from "@mojaloop-versioning/protocol";

/** What a release note of mojaloop/helm declares. */
export interface ReleaseNote {
  /** The day of the revision that its table calls a release, else of the first one. */
  readonly date?: string;
  /** API → versions, from the table "API Versions". */
  readonly apis: Readonly<Record<string, readonly Version[]>>;
  /** Service → version, from "Application Versions". */
  readonly services: Readonly<Record<string, string>>;
  /** What the release was tested with, from the dependency matrix. */
  readonly infra: Readonly<Record<string, string>>;
}

const API_NAMES: Readonly<Record<string, string>> = {
  fspiop: "fspiop",
  settlement: "settlement",
  settlements: "settlement",
  admin: "admin",
  oracle: "oracle",
  thirdparty: "thirdparty",
};
const NOT_BACKENDS = new Set(["dependency", "---", "----------"]);

/** Reads the facts of a release note: its tables of API versions and dependencies, and its list of services. */
export function readReleaseNote(text: string): ReleaseNote {
  const rows = text
    .split(/\r?\n/)
    .filter((line) => line.includes("|"))
    .map(cellsOf);
  const apis: Record<string, readonly Version[]> = {};
  const infra: Record<string, string> = {};
  for (const [first = "", second = ""] of rows) {
    const api = API_NAMES[first.toLowerCase()];
    if (api) apis[api] = newestFirst(versionsIn(second)).reverse();
    else if (!NOT_BACKENDS.has(first.toLowerCase()) && !/^\d{4}-/.test(first)) {
      const version = /(?:^|[:[v])v?(\d+(?:\.\d+)+)/.exec(second)?.[1];
      if (version !== undefined) infra[first.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")] = version;
    }
  }
  const services = Object.fromEntries(
    // `20. central-ledger: v17.6.1 -> [v19.3.0](…)`, `2. central-ledger: v15.1.0 -> **v15.1.2**`, `1. ml-api-adapter: **v14.0.0**`
    [...text.matchAll(/^\s*\d+\.\s+([a-z][a-z0-9-]*):(.*)$/gm)].flatMap(([, name = "", rest = ""]) => {
      const version = [...(rest.split("([Compare]")[0] ?? "").matchAll(/v?(\d+\.\d+\.\d+(?:-[\w.]+)?)/g)];
      // A link `["v0.1.1"](…)`, with its quotes, stands in the note of 17.2.0.
      const last = /\["?v?([^\]"]+)"?\]\(/.exec(rest)?.[1] ?? version.at(-1)?.[1];
      return last === undefined ? [] : [[name, last]];
    }),
  );
  const revisions = rows.filter(([first = ""]) => /^\d{4}-\d{2}-\d{2}$/.test(first));
  // 16.0.0: `2024-02-06 | 0 | Initial draft`, then `2024-03-13 | 0 | Initial release`.
  const release = revisions.find((cells) => cells.some((cell) => /\brelease\b/i.test(cell)));
  const date = (release ?? revisions[0])?.[0];
  return { ...(date !== undefined && { date }), apis, services, infra };
}

function cellsOf(line: string): string[] {
  return line
    .trim()
    .replace(/^\|/, "")
    .split("|")
    .map((cell) => cell.trim());
}

function versionsIn(text: string): Version[] {
  return [...text.matchAll(/\bv(\d+\.\d+)\b(?!\.)(?=\]|,|\s|$)/g)]
    .map((match) => match[1] ?? "")
    .filter(isVersion);
}
