import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatTable, type BenchTable } from "./table.ts";

// A bench is a file beside this one that exports `bench()`; its name is what the command takes.
const folder = dirname(fileURLToPath(import.meta.url));
const benches = readdirSync(folder)
  .filter((file) => file.endsWith(".ts") && !["start.ts", "main.ts", "table.ts"].includes(file))
  .map((file) => file.slice(0, -3))
  .sort();

const words = process.argv.slice(2);
const json = words.includes("--json");
const asked = words.filter((word) => !word.startsWith("--"));
const unknown = asked.find((name) => !benches.includes(name));

if (unknown === undefined) await run(asked.length > 0 ? asked : benches);
else {
  console.error(`there is no bench "${unknown}"; there are: ${benches.join(", ")}`);
  process.exitCode = 2;
}

async function run(names: readonly string[]): Promise<void> {
  const tables: BenchTable[] = [];
  for (const name of names) {
    if (process.stderr.isTTY) process.stderr.write(`measuring ${name} …\n`);
    const { bench } = (await import(join(folder, `${name}.ts`))) as { bench: () => Promise<BenchTable> }; // the contract of a bench file
    const table = await bench();
    if (json) tables.push(table);
    else console.log(formatTable(table));
  }
  if (json) console.log(JSON.stringify(tables, null, 2));
}
