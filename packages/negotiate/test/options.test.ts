import { describe, expect, test } from "vitest";
import { createNegotiator, type NegotiatorOptions } from "../src/index.ts";

const T = "application/vnd.interoperability.transfers+json";
const offer = { transfers: ["1.0", "1.1", "2.0"] } as const;

describe("a mistake in the options is found at start, with its path and what would be right", () => {
  test.each<[options: unknown, message: RegExp]>([
    [undefined, /^options are missing; pass \{ offer/],
    [{}, /^offer is missing; write resources with their versions/],
    [{ offer: ["transfers"] }, /^offer is \["transfers"\]/],
    [{ offer: {} }, /^offer is \{\}; name at least one resource/],
    [{ offer: { transfers: "1.0" } }, /^offer\.transfers is "1\.0"; list at least one version/],
    [{ offer: { transfers: [] } }, /^offer\.transfers is \[\]/],
    [{ offer: { transfers: ["1.0", "v2"] } }, /^offer\.transfers\[1\] is "v2"; write the version as text/],
    [{ offer: { transfers: ["1.0", 2] } }, /^offer\.transfers\[1\] is 2; /],
    [{ offer: { transfers: ["01.0"] } }, /^offer\.transfers\[0\] is "01\.0"/],
    [{ offer: { "/transfers": ["1.0"] } }, /^offer names the resource "\/transfers"; .* first segment/],
    [{ offer, content: { transfers: ["x"] } }, /^content\.transfers\[0\] is "x"/],
    [{ offer, dialect: "iso" }, /^dialect is "iso"; it must be one of "fspiop", "iso20022"/],
    [{ offer, wildcard: true }, /^wildcard is true; it must be one of "accept", "reject"/],
    [
      { offer, callbackAccept: "refuse" },
      /^callbackAccept is "refuse"; it must be one of "ignore", "reject"/,
    ],
    [{ offer, prefer: "newest" }, /^prefer is "newest"; it must be one of "client", "server"/],
    [{ offer, legacyStatus: "yes" }, /^legacyStatus is "yes"; it must be one of false, true/],
    [{ offer, unmanaged: "drop" }, /^unmanaged is "drop"; it must be one of "pass", "refuse"/],
    [
      { offer, bodylessContentType: "no" },
      /^bodylessContentType is "no"; it must be one of "require", "optional"/,
    ],
    [
      { offer, basePath: "fspiop" },
      /^basePath is "fspiop"; write a path without dot segments, like "\/fspiop"/,
    ],
    [{ offer, basePath: "/a/../fspiop" }, /^basePath is "\/a\/\.\.\/fspiop"/],
    [{ offer, basePath: "/./fspiop" }, /^basePath is "\/\.\/fspiop"/],
    [{ offer, mode: "log" }, /^mode is "log"; it must be one of "enforce", "observe"/],
    [{ offer, advertise: 1 }, /^advertise is 1; it must be one of false, true/],
    [
      { offer, operations: { transfers: ["1.0"] } },
      /^a key of operations is "transfers"; write an operation/,
    ],
    [
      { offer, operations: { "PATCH /quotes/{ID}": ["1.0"] } },
      /^operations\["PATCH .*"\] is not in the offer/,
    ],
    [{ offer, operations: { "PATCH /transfers/{ID}": ["9.0"] } }, /9\.0 is not in the offer of transfers/],
    [{ offer, participants: { "a/b": {} } }, /^a key of participants is "a\/b"; write an FSP id/],
    [{ offer, participants: { dfspa: 1 } }, /^participants\.dfspa is 1; write an offer/],
    [{ offer, participants: { dfspa: { offers: {} } } }, /^participants\.dfspa\.offers is not an option/],
    [
      { offer, participants: { dfspa: { offer: { transfers: ["x"] } } } },
      /^participants\.dfspa\.offer\.transfers\[0\] is "x"/,
    ],
    [
      { offer, deprecations: { transfers: { "1.0": { date: "2026-01-01", sunsett: "2027-01-01" } } } },
      /^deprecations\.transfers\["1\.0"\]\.sunsett is not an option; there are date, sunset, link/,
    ],
    [{ offer, onNegotiation: {} }, /^onNegotiation is \{\}; pass a function/],
    [{ offer, offers: {} }, /^offers is not an option; there are offer, content, /],
    [
      { offer, deprecations: { quotes: {} } },
      /^deprecations\.quotes is not in the offer, which has transfers/,
    ],
    [
      { offer, deprecations: { transfers: { "3.0": { date: "2026-01-01" } } } },
      /^deprecations\.transfers\["3\.0"\] is not in the offer of transfers, which has 2\.0, 1\.1, 1\.0/,
    ],
    [
      { offer, deprecations: { transfers: { "1.0": { date: "soon" } } } },
      /^deprecations\.transfers\["1\.0"\]\.date is "soon"; write a date/,
    ],
    [
      { offer, deprecations: { transfers: { "1.0": { date: "2026-02-01", sunset: "2026-01-01" } } } },
      /^deprecations\.transfers\["1\.0"\]\.sunset is before/,
    ],
    [
      { offer, deprecations: { transfers: { "1.0": { date: "2026-02-01", link: "a>\r\nb" } } } },
      /^deprecations\.transfers\["1\.0"\]\.link is .*; write a URL/,
    ],
  ])("%j", (options, message) => {
    // JavaScript callers may pass anything
    const create = (): unknown => createNegotiator(options as NegotiatorOptions);
    expect(create).toThrow(message);
    expect(create).toThrow(expect.objectContaining({ name: "VersioningError", code: "invalid-option" }));
  });
});

type Ask = readonly [method: string, accept: string | undefined, contentType?: string];

function ask(options: NegotiatorOptions, [method, accept, contentType = `${T};version=1.0`]: Ask): string {
  const outcome = createNegotiator(options).negotiate({
    method,
    url: "/transfers/1",
    headers: [
      ...(accept === undefined ? [] : [["Accept", accept] as const]),
      ...(contentType === "" ? [] : [["Content-Type", contentType] as const]),
    ],
  });
  if (!outcome.ok) return `${outcome.status} ${outcome.errorCode}`;
  return outcome.managed ? `${outcome.accept ?? "-"} ${outcome.content}` : "unmanaged";
}

// Where the specification is silent there is an option; the first answer is by default, the second with the option.
test.each<[option: Partial<NegotiatorOptions>, message: Ask, byDefault: string, withIt: string, why: string]>(
  [
    [{ wildcard: "reject" }, ["POST", "*/*"], "2.0 1.0", "406 3001", "ranges of no resource match nothing"],
    [{ wildcard: "reject" }, ["POST", `${T};version=1, */*`], "1.1 1.0", "1.1 1.0", "and do no harm either"],
    [{ callbackAccept: "reject" }, ["PUT", `${T};version=9`], "- 1.0", "406 3001", "Accept on PUT is judged"],
    [{ callbackAccept: "reject" }, ["PATCH", "nonsense"], "- 1.0", "400 3101", "Accept on PATCH is judged"],
    [{ callbackAccept: "reject" }, ["PUT", undefined], "- 1.0", "- 1.0", "yet none is needed"],
    [
      { prefer: "server" },
      ["POST", `${T};version=1.0, ${T};version=2.0`],
      "1.0 1.0",
      "2.0 1.0",
      "the newest of equals",
    ],
    [
      { prefer: "server" },
      ["POST", `${T};version=1.0, ${T};version=2.0;q=0.9`],
      "1.0 1.0",
      "1.0 1.0",
      "weight still counts",
    ],
    [
      { bodylessContentType: "optional" },
      ["GET", T, ""],
      "400 3102",
      "2.0 2.0",
      "a GET without Content-Type",
    ],
    [
      { bodylessContentType: "optional" },
      ["DELETE", T, ""],
      "400 3102",
      "2.0 2.0",
      "a DELETE without Content-Type",
    ],
    [{ bodylessContentType: "optional" }, ["POST", T, ""], "400 3102", "400 3102", "a body needs one"],
    [
      { bodylessContentType: "optional" },
      ["GET", T, `${T};version=9.0`],
      "406 3001",
      "406 3001",
      "one that is there counts",
    ],
    [{ legacyStatus: true }, ["POST", "*/*"], "2.0 1.0", "400 3101", "as central-services-shared: wildcards"],
    [
      { legacyStatus: true },
      ["POST", "text/html"],
      "406 3001",
      "400 3101",
      "as central-services-shared: foreign types",
    ],
    [
      { legacyStatus: true },
      ["POST", `${T};version=9`],
      "406 3001",
      "406 3001",
      "where the text speaks, it decides",
    ],
    [
      { legacyStatus: true },
      ["PUT", `${T};version=9`],
      "- 1.0",
      "406 3001",
      "as central-services-shared: Accept on PUT",
    ],
    [
      { content: { transfers: ["1.1"] } },
      ["POST", T],
      "2.0 1.0",
      "406 3001",
      "what is read differs from what is spoken",
    ],
    [
      { content: { transfers: ["3.0"] } },
      ["POST", T, `${T};version=3.0`],
      "406 3001",
      "2.0 3.0",
      "and may be newer",
    ],
    [{ basePath: "/api" }, ["POST", T], "2.0 1.0", "unmanaged", "nothing above the base path is managed"],
    [
      { unmanaged: "refuse", basePath: "/api" },
      ["POST", T],
      "2.0 1.0",
      "404 3002",
      "what is not managed is unknown",
    ],
    [{ dialect: "iso20022" }, ["POST", T], "2.0 1.0", "406 3001", "another dialect"],
  ],
)("%j: %j", (option, message, byDefault, withIt) => {
  expect(ask({ offer }, message)).toBe(byDefault);
  expect(ask({ offer, ...option }, message)).toBe(withIt);
});

test("a resource of the content list alone is managed: it is read, but spoken in no version", () => {
  const options = { offer: { quotes: ["1.0"] }, content: { transfers: ["1.0"] } } as const;
  expect(ask(options, ["PUT", undefined])).toBe("- 1.0");
  expect(ask(options, ["POST", T])).toBe("406 3001");
});
