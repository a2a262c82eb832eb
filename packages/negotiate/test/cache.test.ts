import fc from "fast-check";
import { expect, test } from "vitest";
import { createCache } from "../src/core/cache.ts";

function counted(): { readonly look: (text: string) => string; readonly computed: () => number } {
  let computed = 0;
  const look = createCache((text) => {
    computed++;
    return text.toUpperCase();
  });
  return { look, computed: () => computed };
}

test("answers are those of the function, in whatever order texts come", () => {
  const { look } = counted();
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 2000 }), (texts) => {
      for (const text of texts) expect(look(text)).toBe(text.toUpperCase());
    }),
    { numRuns: 20 },
  );
});

test("a text in use is computed once, through a flood of others that fills the memory many times over", () => {
  const { look, computed } = counted();
  look("in use");
  for (let i = 0; i < 50_000; i++) {
    look(`flood ${i}`);
    if (i % 50 === 0) look("in use");
  }
  expect(computed()).toBe(50_001);
});

test("a text that comes into use during a flood is soon remembered", () => {
  const { look, computed } = counted();
  for (let i = 0; i < 10_000; i++) look(`flood ${i}`);
  const before = computed();
  for (let i = 0; i < 50_000; i++) {
    look(`more ${i}`);
    look("in use");
  }
  expect(computed() - before - 50_000).toBeLessThan(10_000);
});

test("a long text is never remembered", () => {
  const { look, computed } = counted();
  const long = "x".repeat(513);
  look(long);
  look(long);
  expect(computed()).toBe(2);
});
