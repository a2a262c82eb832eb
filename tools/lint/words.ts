import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

// Finds words that `words.json` forbids, in every text and source file that git knows: `npm run lint:words -w tools`. Files that had
// them before are listed in `word-debts.json`, which only shrinks: `WORDS=prune npm run lint:words -w tools` removes what is settled.
const root = resolve(import.meta.dirname, "../..");
const DEBTS = join(import.meta.dirname, "word-debts.json");

/** Files whose words are not ours: data, documents of others, and this list. */
const EXCEPT = [
  /^specs\//,
  /^packages\/[^/]+\/data\//,
  /^tools\/lint\//,
  /^tools\/peers\/package/,
  /\/CHANGELOG\.md$/,
  /^LICENSE$/,
];

const rules = Object.entries(
  JSON.parse(readFileSync(join(import.meta.dirname, "words.json"), "utf8")) as Record<string, string>,
).map(([pattern, instead]) => ({ pattern: new RegExp(pattern, "i"), instead })); // the file beside this one

interface Hit {
  readonly file: string;
  readonly text: string;
}

function hitsIn(file: string): Hit[] {
  return readFileSync(join(root, file), "utf8")
    .split("\n")
    .flatMap((line, i) =>
      rules.flatMap(({ pattern, instead }) => {
        const word = pattern.exec(line)?.[0];
        return word === undefined
          ? []
          : [{ file, text: `${file}:${String(i + 1)} "${word}": write ${instead}` }];
      }),
    );
}

const files = execFileSync("git", ["ls-files", "-z", "*.ts", "*.mjs", "*.md", "*.json", ".ci/run"], {
  cwd: root,
})
  .toString()
  .split("\0")
  .filter(
    (file) => file !== "" && existsSync(join(root, file)) && !EXCEPT.some((pattern) => pattern.test(file)),
  );
const hits = files.flatMap(hitsIn);
const debts = existsSync(DEBTS) ? (JSON.parse(readFileSync(DEBTS, "utf8")) as string[]) : []; // our own file

const mode = process.env["WORDS"];
if (mode === "add" || mode === "prune") {
  const present = [...new Set(hits.map(({ file }) => file))].sort();
  const rest = mode === "add" ? present : present.filter((file) => debts.includes(file));
  writeFileSync(DEBTS, `${JSON.stringify(rest, null, 2)}\n`);
} else {
  const fresh = hits.filter(({ file }) => !debts.includes(file));
  for (const { text } of fresh) console.error(text);
  if (fresh.length > 0) {
    console.error(`${String(fresh.length)} words to replace, see docs/glossary.md`);
    process.exitCode = 1;
  }
}
