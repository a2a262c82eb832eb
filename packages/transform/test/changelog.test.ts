import { expect, test } from "vitest";
import { fspiopChanges, renderChangelog, settlementChanges, transferQuoteIdChanges } from "../src/index.ts";

const all = [...fspiopChanges, ...settlementChanges, ...transferQuoteIdChanges];

test("a guide says what changed, why, and how messages are converted", () => {
  expect(renderChangelog(transferQuoteIdChanges, { from: "1.1", to: "2.0" })).toBe(
    `# From 1.1 to 2.0

## quoteId is mandatory

1.1 → 2.0, \`POST /transfers\`: a transfer names the quote that it settles. (\`transfers/require-quote-id\`)

- From 1.1 to 2.0: \`/quoteId\` comes from Transaction.quoteId inside the ILP packet; else comes from the caller's look-up of quoteId; else the message is refused with 3102: mandatory from transfers 2.0; neither the ILP packet nor a look-up has it.
- From 2.0 to 1.1: \`/quoteId\` is carried in the stash.
`,
  );
});

test.each([
  [
    { from: "1.0", to: "1.1", api: "fspiop" },
    ["U2F", "commit"],
    ["ULID", "settlement", "quoteId is mandatory"],
  ],
  [{ from: "1.0", to: "2.0", api: "fspiop" }, ["U2F", "ULID", "fxQuotes"], ["settlement window"]],
  [{ from: "1.1", to: "2.0", api: "settlement" }, ["settlement window", "names its model"], ["ULID", "U2F"]],
] as const)("%j lists its own changes only", (options, listed, absent) => {
  const guide = renderChangelog(all, options);
  for (const words of listed) expect(guide).toContain(words);
  for (const words of absent) expect(guide).not.toContain(words);
});

test("the direction that was asked for comes first", () => {
  const guide = renderChangelog(transferQuoteIdChanges, { from: "2.0", to: "1.1" });
  expect(guide.indexOf("From 2.0 to 1.1: `")).toBeLessThan(guide.indexOf("From 1.1 to 2.0: `"));
});

test("where nothing changed the guide says so", () => {
  expect(renderChangelog(fspiopChanges, { from: "2.0", to: "2.0" })).toContain("Nothing changes.");
});
