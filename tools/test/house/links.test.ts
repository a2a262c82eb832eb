import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../workspace.ts";
import { expectNoneBut } from "./debts.ts";

const documents = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  cwd: ROOT,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && !file.startsWith(".changeset/") && existsSync(join(ROOT, file)));

/** The text without code, in which brackets are no links. */
function prose(file: string): string {
  return readFileSync(join(ROOT, file), "utf8")
    .replaceAll(/^(```|~~~).*?^\1/gms, "")
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, " "));
}

// GitHub's rule: lower case, punctuation removed, spaces to hyphens, a number for the second heading of a name.
function anchorsOf(file: string): Set<string> {
  const text = readFileSync(join(ROOT, file), "utf8").replaceAll(/^(```|~~~).*?^\1/gms, "");
  const anchors = new Set([...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = ""]) => id));
  for (const [, heading = ""] of text.matchAll(/^#{1,6} +(.*?) *$/gm)) {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
    const anchor = words
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
      .replaceAll(/\s/g, "-");
    let unique = anchor;
    for (let i = 1; anchors.has(unique); i++) unique = `${anchor}-${String(i)}`;
    anchors.add(unique);
  }
  return anchors;
}

function brokenLinks(document: string): string[] {
  const text = prose(document);
  const inline = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)].map(([, target = ""]) => target);
  const reference = [...text.matchAll(/^\[[^\]]+\]: *(\S+)/gm)].map(([, target = ""]) => target);
  return [...inline, ...reference]
    .filter((target) => !/^[a-z][a-z+.-]*:/i.test(target))
    .filter((target) => {
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? document : join(dirname(document), decodeURIComponent(path));
      if (file.startsWith("..") || !existsSync(join(ROOT, file))) return true;
      if (anchor === undefined || anchor === "" || statSync(join(ROOT, file)).isDirectory()) return false;
      return file.endsWith(".md") && !anchorsOf(file).has(decodeURIComponent(anchor));
    })
    .map((target) => `${document}: ${target}`);
}

test("every relative link of every document leads to a file, and its anchor to a heading", () => {
  expect(documents.length).toBeGreaterThan(10);
  expectNoneBut("broken link", documents.flatMap(brokenLinks), "correct the link");
});

// Readers of the repository cannot open these.
const UNOPENABLE = "DESIGN [0-9]|spec-facts|shared/data|seed 00|\\.\\./shared/";

test("nothing cites a document that is not in the repository", () => {
  let found = "";
  try {
    found = execFileSync("git", ["grep", "-lE", UNOPENABLE, "--", ".", ":!tools/test/house/links.test.ts"], {
      cwd: ROOT,
      encoding: "utf8",
    });
  } catch {
    // git grep exits with 1 where it finds nothing
  }
  const files = found.split("\n").filter((file) => file !== "" && !file.endsWith("debts.json"));
  expectNoneBut(
    "citation",
    files,
    "cite the standard with its section, or docs/decisions.md, or give the reason in words",
  );
});
