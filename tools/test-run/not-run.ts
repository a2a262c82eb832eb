/** A test of a vitest JSON report, as far as this file reads it. */
interface ReportedTest {
  readonly status: string;
  readonly fullName: string;
  readonly meta?: { readonly needs?: readonly { readonly name: string; readonly get: string }[] };
}

/** A report of vitest's JSON reporter, as far as this file reads it. */
export interface TestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly ReportedTest[];
  }[];
}

/** Tests that were skipped for one reason. */
export interface NotRun {
  /** The missing program or service; undefined where the test names none. */
  readonly missing: string | undefined;
  /** The command that gets what is missing. */
  readonly get: string | undefined;
  /** Test file → number of its tests that were skipped. */
  readonly files: ReadonlyMap<string, number>;
}

// vitest reports a skipped test as "skipped" or "pending", and a planned one as "todo".
const SKIPPED = new Set(["skipped", "pending", "todo"]);

/** What was skipped, grouped by what was missing, in alphabetical order; skips without a reason come last. */
export function collectNotRun(reports: readonly TestReport[]): NotRun[] {
  const groups = new Map<string, { get: string | undefined; files: Map<string, number> }>();
  for (const { name: file, assertionResults } of reports.flatMap(({ testResults }) => testResults)) {
    for (const { status, meta } of assertionResults) {
      if (!SKIPPED.has(status)) continue;
      for (const { name, get } of meta?.needs ?? [{ name: "", get: undefined }]) {
        const group = groups.get(name) ?? { get, files: new Map<string, number>() };
        group.files.set(file, (group.files.get(file) ?? 0) + 1);
        groups.set(name, group);
      }
    }
  }
  return [...groups]
    .sort(([a], [b]) => (a === "" ? 1 : b === "" ? -1 : a < b ? -1 : 1))
    .map(([name, group]) => ({ missing: name === "" ? undefined : name, ...group }));
}

/** The list as text for a person, one group a paragraph; empty where everything ran. */
export function formatNotRun(groups: readonly NotRun[], shorten: (file: string) => string): string {
  return groups
    .map(({ missing, get, files }) => {
      const count = [...files.values()].reduce((sum, each) => sum + each, 0);
      const tests = `${String(count)} ${count === 1 ? "test was" : "tests were"} not run`;
      const reason =
        missing === undefined
          ? `${tests}: skipped without a reason`
          : `${tests}: ${missing} is missing (get it: ${get ?? "unknown"})`;
      return [reason, ...[...files].map(([file, n]) => `  ${shorten(file)} (${String(n)})`)].join("\n");
    })
    .join("\n");
}
