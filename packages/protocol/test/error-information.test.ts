import { describe, expect, test } from "vitest";
import {
  errorBody,
  readErrorCallback,
  readErrorBody,
  supportedVersions,
  unacceptableVersion,
  type Version,
} from "../src/index.ts";

const keysAndValues = (versions: Version[]): string[] =>
  (unacceptableVersion(versions).errorInformation.extensionList?.extension ?? []).map(
    ({ key, value }) => `${key}=${value}`,
  );

describe("the 3001 list", () => {
  test.each<[Version[], listed: string[], why: string]>([
    [
      ["1.0", "4.2", "2.1"],
      ["4=2", "2=1", "1=0"],
      "key is the major, value the minor (API Definition 3.3.4.3, Listing 5)",
    ],
    [
      ["1.0", "1.1", "2.0"],
      ["2=0", "1=1", "1=0"],
      "the newest minor of every major comes first (docs/decisions.md 20)",
    ],
    [[], [], "nothing supported, nothing listed"],
  ])("%j", (versions, listed) => {
    expect(keysAndValues(versions)).toEqual(listed);
  });

  test("has at most 16 entries and loses minors before majors (7.4.3)", () => {
    const versions = Array.from({ length: 10 }, (_, i): Version[] => [`${i + 1}.0`, `${i + 1}.1`]).flat();
    const listed = keysAndValues(versions);
    expect(listed).toHaveLength(16);
    expect(listed.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, i) => `${10 - i}=1`));
  });
});

test("descriptions and entries keep the limits of 7.4.2 to 7.4.4, counted in characters", () => {
  const { errorInformation } = errorBody("3100", "😀".repeat(200), [
    { key: "k".repeat(40), value: "v".repeat(200) },
  ]);
  expect(Array.from(errorInformation.errorDescription)).toHaveLength(128);
  expect(errorInformation.extensionList?.extension[0]).toEqual({
    key: "k".repeat(32),
    value: "v".repeat(128),
  });
  expect(errorBody("3102", "").errorInformation.errorDescription).toBe("Missing mandatory element");
});

describe("reading a 3001 body from outside", () => {
  const entry = (key: string, value: string): object => ({ key, value });
  const body = (extensionList: unknown, errorCode: unknown = "3001"): object => ({
    errorInformation: { errorCode, errorDescription: "no", extensionList },
  });
  test.each<[body: unknown, versions: string[], why: string]>([
    [
      body({ extension: [entry("1", "0"), entry("2", "1")] }),
      ["2.1", "1.0"],
      "the object of API Definition 1.1, Listing 5",
    ],
    [
      body([entry("1", "0"), entry("1", "1")]),
      ["1.1", "1.0"],
      "the bare array of API Definition 1.0, Listing 5",
    ],
    [
      body({ extension: [entry("1", "x"), entry("note", "hello"), 7, null] }),
      [],
      "entries that are no versions",
    ],
    [body({ extension: [entry("1", "0")] }, "3100"), [], "another error"],
    [body(undefined), [], "no list"],
    [null, [], "no body"],
    ["3001", [], "no object"],
  ])("%j", (given, versions) => {
    expect(supportedVersions(given)).toEqual(versions);
  });

  test("a body that is no error is told apart", () => {
    expect(readErrorBody({ transferState: "COMMITTED" })).toBeUndefined();
    expect(readErrorBody(Object.create({ errorInformation: { errorCode: "3001" } }))).toBeUndefined();
  });
});

// Market Practice Document: error callbacks are pacs.002, for parties acmt.024; hub and DFSPs use Cd and Prtry.
test.each<[body: unknown, read: unknown, why: string]>([
  [errorBody("3205", "gone"), { errorCode: "3205", errorDescription: "gone" }, "in the dialect of FSPIOP"],
  [
    { TxInfAndSts: { StsRsnInf: { Rsn: { Cd: "3208" } } } },
    { errorCode: "3208", errorDescription: "Transfer ID not found" },
    "the name of the standard where nothing is told",
  ],
  [
    { TxInfAndSts: { StsRsnInf: { Rsn: { Prtry: "5199" }, AddtlInf: "too dear" } } },
    { errorCode: "5199", errorDescription: "too dear" },
    "a code of the scheme, in its own words",
  ],
  [{ Rpt: { Rsn: { Cd: "3204" } } }, { errorCode: "3204", errorDescription: "Party not found" }, "parties"],
  [{ Rpt: { Vrfctn: true } }, undefined, "no error"],
])("the error callback %j says %j: %s", (body, read) => {
  expect(readErrorCallback(body)).toEqual(read);
});
