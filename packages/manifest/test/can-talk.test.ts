import { describe, expect, test } from "vitest";
import {
  canTalk,
  findManifest,
  renderTalk,
  shippedManifests,
  speakerOf,
  type Coverage,
  type TalkVerdict,
} from "../src/index.ts";

const manifests = shippedManifests();
const get = (name: string) => findManifest(manifests, name);

type TalkRow = [hub: string, payer: string[], payee: string[], verdict: TalkVerdict, why: string];

const COVERAGE: Coverage = ["parties", "quotes", "transfers"].flatMap((resource) =>
  ["1.0", "1.1", "2.0"].flatMap((from) =>
    ["1.0", "1.1", "2.0"].flatMap((to) => (from === to ? [] : [{ resource, from, to, class: "lossless" }])),
  ),
);

describe("canTalk", () => {
  test.each<TalkRow>([
    ["17.0.0", ["1.1"], ["1.1"], "direct", "the same version"],
    ["17.0.0", ["1.1"], ["1.0"], "direct", "the proposal: 1.1 can send transfers to 1.0"],
    ["17.0.0", ["1.1"], ["2.0"], "adapter", "the proposal: but not to 2.0; with the adapter"],
    ["17.0.0", ["1"], ["v1.1"], "direct", "a major alone is its minor 0, and a v is allowed"],
    ["17.0.0", ["2.0-iso20022"], ["2.0-iso20022"], "direct", "one dialect"],
    ["17.0.0", ["2.0"], ["2.0-iso20022"], "no", "two dialects, and no conversion between them"],
    ["17.0.0", ["1.1", "2.0"], ["2.0"], "direct", "a payer with both versions chooses"],
    ["16.0.0", ["2.0"], ["2.0"], "adapter", "Helm 16.0.0 does not accept 2.0, and forwards what it gets"],
    ["1.1", ["1.1"], ["1.0"], "direct", "a release that declares 1.1 accepts the minors of 1"],
    ["1.0", ["1.0"], ["2.0"], "adapter", "another major"],
  ])("through %s, %s to %s: %s, since %s", (hub, payer, payee, verdict) => {
    expect(canTalk(get(hub), payer, payee, { coverage: COVERAGE }).verdict).toBe(verdict);
  });

  const coverage: Coverage = ["parties", "quotes", "transfers"].flatMap((resource) => [
    { resource, from: "1.1", to: "2.0", class: "identity" },
    { resource, from: "2.0", to: "1.1", class: resource === "transfers" ? "lossless" : "lossy" },
    { resource, from: "2.0", to: "1.0", class: "refused" },
    { resource, from: "1.0", to: "2.0", class: "identity" },
  ]);

  test("the coverage says what the adapter loses, per resource and at worst", () => {
    const talk = canTalk(get("17.0.0"), speakerOf(["1.1"]), speakerOf(["2.0"]), { coverage });
    expect(talk).toMatchObject({ verdict: "adapter", conversion: "lossy" });
    expect(talk.resources.map(({ resource, conversion }) => [resource, conversion])).toEqual([
      ["parties", "lossy"],
      ["quotes", "lossy"],
      ["transfers", "lossless"],
    ]);
    expect(renderTalk(talk)).toMatch(
      /^Through helm-17\.0\.0: only with the adapter; conversion at worst: lossy/,
    );
  });

  test("what a callback loses counts on the way back only", () => {
    const rows: Coverage = [
      { resource: "quotes", from: "1.1", to: "2.0", class: "identity", operation: "POST /quotes" },
      { resource: "quotes", from: "2.0", to: "1.1", class: "lossy", operation: "POST /quotes" },
      { resource: "quotes", from: "2.0", to: "1.1", class: "identity", operation: "PUT /quotes/{ID}" },
    ];
    const ask = (payer: string, payee: string) =>
      canTalk(get("17.0.0"), speakerOf([payer]), speakerOf([payee]), {
        coverage: rows,
        resources: ["quotes"],
      });
    expect(ask("1.1", "2.0").conversion).toBe("identity");
    expect(ask("2.0", "1.1").verdict).toBe("no"); // nothing says how PUT /quotes goes from 1.1 to 2.0
  });

  test("a conversion that is refused or missing is a no", () => {
    const refused = coverage.map((entry) => ({ ...entry, class: "refused" }));
    expect(
      canTalk(get("17.0.0"), speakerOf(["1.0"]), speakerOf(["2.0"]), { coverage: refused }).verdict,
    ).toBe("no");
    expect(canTalk(get("17.0.0"), speakerOf(["1.1"]), speakerOf(["2.0"]), { coverage: [] })).toMatchObject({
      verdict: "no",
      conversion: "missing",
    });
  });

  test("a resource that the hub's API versions do not have is a no", () => {
    const resources = ["fxQuotes"];
    expect(canTalk(get("16.0.0"), "2.0", "2.0", { resources }).verdict).toBe("no");
    expect(canTalk(get("17.0.0"), "2.0", "2.0", { resources }).verdict).toBe("direct");
  });

  test("a resource that no API version has is refused with the list", () => {
    const ask = () => canTalk(get("17.0.0"), "1.1", "2.0", { resources: ["__proto__"] });
    expect(ask).toThrow('no FSPIOP resource "__proto__"; known are participants, parties,');
  });

  test("the members that a conversion drops are named", () => {
    const named = COVERAGE.map((row) => ({ ...row, operation: "PUT /x/{ID}", loses: ["/kycInformation"] }));
    const both = [...COVERAGE.map((row) => ({ ...row, operation: "POST /x" })), ...named];
    const talk = canTalk(get("17.0.0"), "1.1", "2.0", { coverage: both, resources: ["parties"] });
    expect(renderTalk(talk)).toContain("The conversions drop:\n- PUT /x/{ID} /kycInformation");
  });

  test("an unknown API version is named", () => {
    expect(() => speakerOf(["3.0"])).toThrow('no FSPIOP API "3.0"; known are 1.0, 1.1, 2.0, 2.0-iso20022');
  });
});
