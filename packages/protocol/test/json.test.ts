import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, isJsonObject, ownMember, textAt } from "../src/index.ts";

describe("isJsonObject", () => {
  test.each<[value: unknown, expected: boolean]>([
    [{}, true],
    [Object.create(null), true],
    [[], false],
    [null, false],
    ["{}", false],
    [undefined, false],
  ])("%j: %s", (value, expected) => {
    expect(isJsonObject(value)).toBe(expected);
  });
});

describe("ownMember", () => {
  test.each<[value: unknown, name: string, expected: unknown, why: string]>([
    [{ a: 1 }, "a", 1, "an own member"],
    [{ a: 1 }, "constructor", undefined, "inherited"],
    [JSON.parse('{"__proto__":1}'), "__proto__", 1, "a name like any other when it is an own member"],
    [{}, "__proto__", undefined, "inherited"],
    [[1], "0", undefined, "an array is not an object of JSON"],
    [null, "a", undefined, "no object"],
    ["text", "length", undefined, "no object"],
  ])("%j, %s: %j (%s)", (value, name, expected) => {
    expect(ownMember(value, name)).toEqual(expected);
  });
});

describe("textAt", () => {
  test.each<[value: unknown, path: (string | number)[], expected: string | undefined, why: string]>([
    [{ a: { b: "x" } }, ["a", "b"], "x", "a member of a member"],
    [{ a: ["x", "y"] }, ["a", 1], "y", "an index"],
    [{ a: "" }, ["a"], undefined, "an empty text"],
    [{ a: 1 }, ["a"], undefined, "not a text"],
    [{ a: "x" }, ["a", "length"], undefined, "a text has no members"],
    [{}, ["constructor", "name"], undefined, "inherited"],
  ])("%j at %j: %j (%s)", (value, path, expected) => {
    expect(textAt(value, path)).toBe(expected);
  });
});

describe("canonicalJson", () => {
  test.each<[value: unknown, text: string, why: string]>([
    [{ b: 1, a: { d: [], c: {} } }, '{"a":{"c":{},"d":[]},"b":1}', "members are sorted at every depth"],
    [[{ b: 1, a: 2 }, null, "x"], '[{"a":2,"b":1},null,"x"]', "items keep their order"],
    [{ a: undefined, b: 1 }, '{"b":1}', "an undefined member is absent, as in JSON.stringify"],
    [[undefined], "[null]", "an undefined item is null, as in JSON.stringify"],
    [{ 'a"': "\n" }, '{"a\\"":"\\n"}', "names and texts are escaped"],
    [JSON.parse('{"b":1,"__proto__":2}'), '{"__proto__":2,"b":1}', "no name is special"],
  ])("%j gives %s: %s", (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test("its text has the value of the original, whatever the order of members", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  test("a value nested 100,000 levels deep does not exhaust the stack", () => {
    let value: unknown = 1;
    for (let i = 0; i < 100_000; i++) value = [{ a: value }];
    expect(canonicalJson(value)).toHaveLength(100_000 * '[{"a":}]'.length + 1);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
