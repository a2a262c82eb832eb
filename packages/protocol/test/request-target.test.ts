import { expect, test } from "vitest";
import { pathOfTarget } from "../src/index.ts";

test.each<[target: string, path: string, why: string]>([
  ["/transfers/1", "/transfers/1", "origin form (RFC 9112 3.2.1)"],
  ["/transfers?x=/y", "/transfers", "without the query"],
  ["/transfers#x?y", "/transfers", "without a fragment, which no client should send"],
  ["http://hub.example/transfers?x", "/transfers", "absolute form (RFC 9112 3.2.2)"],
  ["http://hub.example", "/", "absolute form with an empty path"],
  ["/a://b/c", "/a://b/c", "a path may contain ://"],
  ["/%2e/x//y", "/%2e/x//y", "nothing is decoded or collapsed"],
  ["*", "*", "asterisk form (RFC 9112 3.2.4)"],
])("%s has the path %s: %s", (target, path) => {
  expect(pathOfTarget(target)).toBe(path);
});
