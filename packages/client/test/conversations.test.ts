import { expect, test } from "vitest";
import { createConversations } from "../src/callbacks/conversations.ts";

test("10,000 messages are kept in mind and no more", async () => {
  const conversations = createConversations();
  const done: number[] = [];
  const take = (i: number): Promise<boolean> =>
    conversations.once(`PUT /transfers/${i}`, "{}", () => {
      done.push(i);
      return Promise.resolve(true);
    });
  for (let i = 0; i <= 10_000; i++) await take(i);
  done.length = 0;
  for (const i of [10_000, 1, 0]) expect(await take(i)).toBe(true);
  expect(done).toEqual([0]);
});

test("what nobody took may come again", async () => {
  const conversations = createConversations();
  const outcomes = [false, true, false];
  const take = (): Promise<boolean> =>
    conversations.once("PUT /transfers/1", "{}", () => Promise.resolve(outcomes.shift() ?? false));
  expect([await take(), await take(), await take()]).toEqual([false, true, true]);
});
