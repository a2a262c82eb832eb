import { fspiopV1_1 } from "@mojaloop-versioning/types/fspiop/v1.1";
import { expect, test } from "vitest";
import { createClient, type ClientOptions } from "../src/index.ts";

type Row = [options: Partial<ClientOptions<typeof fspiopV1_1>>, named: RegExp | undefined, why: string];

test.each<Row>([
  [{}, undefined, "all that must be there"],
  [{ fspId: "Bank Nr. 1" }, undefined, "an FSP id is a string of 1 to 32 characters (API Definition 7.1.1)"],
  [{ fspId: "" }, /^fspId: /, "too short"],
  [{ fspId: "a".repeat(33) }, /^fspId: /, "too long"],
  [{ fspId: "a\r\nx-admin: 1" }, /^fspId: /, "a header of its own"],
  [{ baseUrl: "hub.example" }, /^baseUrl: /, "no scheme"],
  [{ baseUrl: "ftp://hub.example" }, /^baseUrl: /, "no HTTP"],
  [{ baseUrl: "http://" }, /^baseUrl: /, "no host"],
  [{ baseUrl: "http://hub.example?x=1" }, /^baseUrl: /, "a path could not be put after it"],
  [{ basePath: "/fsp" }, undefined, "a slash at the start and none at the end"],
  [{ basePath: "fsp" }, /^basePath: /, "no slash at the start"],
  [{ basePath: "/fsp/" }, /^basePath: /, "a slash at the end"],
  [{ timeoutMs: 0 }, undefined, "at once"],
  [{ timeoutMs: -1 }, /^timeoutMs: /, "in the past"],
  [{ timeoutMs: NaN }, /^timeoutMs: /, "no number"],
  [{ timeoutMs: 2 ** 31 }, /^timeoutMs: /, "over what a timer of Node can count: it would fire at once"],
  [{ rememberMs: Infinity }, undefined, "for as long as the client lives"],
  [{ rememberMs: -1 }, /^rememberMs: /, "in the past"],
  [{ rememberMs: NaN }, /^rememberMs: /, "no number"],
  [{ offer: { transfers: ["1", "2.0"] } }, undefined, "majors and exact versions (3.3.4.1)"],
  [{ offer: { transfers: [] } }, /^offer: "transfers" /, "an offer of nothing"],
  [{ offer: { transfers: ["01.1"] } }, /^offer: "transfers" /, "no version (3.3)"],
  [{ offer: { ["transfer" as "transfers"]: ["1.1"] } }, /^offer: "transfer" /, "no resource of the API"],
])("%j: %s (%s)", (options, named) => {
  const make = (): unknown =>
    createClient({ api: fspiopV1_1, fspId: "payerfsp", baseUrl: "http://hub.example", ...options });
  if (named) {
    expect(make).toThrow(
      expect.objectContaining({ name: "VersioningError", code: "invalid-option" }) as Error,
    );
    expect(make).toThrow(named);
  } else expect(make).not.toThrow();
});
