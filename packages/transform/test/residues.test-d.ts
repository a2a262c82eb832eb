import { defineChange } from "../src/index.ts";

interface Between<S extends string, D extends string> {
  readonly sources: S;
  readonly disposals: D;
}

// As the README says: a user's own API joins by declaration merging.
declare module "../src/index.ts" {
  interface Residues {
    mine: {
      readonly things: {
        readonly "1.0>1.1": {
          readonly "POST /things": {
            readonly in: "both";
            readonly older: { readonly a: number; readonly state: "OPEN" | "SHUT" };
            readonly newer: { readonly b: number; readonly state: "ACTIVE" | "CLOSED" };
            readonly up: Between<"/b" | "/state", "/a">;
            readonly down: Between<"/a" | "/state", "/b">;
          };
        };
      };
    };
  }
}

const heading = { id: "x/y", title: "t", because: "b", resource: "things", from: "1.0", to: "1.1" } as const;
const states = {
  "/state": [
    ["OPEN", "ACTIVE"],
    ["SHUT", "CLOSED"],
  ],
} as const;

// A rename and a mapped enumeration settle both ways.
defineChange({ ...heading, operation: "POST /things", rename: { "/a": "b" }, enumMap: states });
defineChange({ ...heading, operation: "POST /things", move: { "/a": "/b" }, enumMap: states });
defineChange({
  ...heading,
  operation: "POST /things",
  rename: { "/a": "b" },
  up: { fill: { "/state": [{ value: "ACTIVE" }] } },
  down: {
    fill: {
      "/state": [{ derive: ({ state }) => (state === "ACTIVE" ? "OPEN" : "SHUT") }, { value: "OPEN" }],
    },
  },
});
// @ts-expect-error the states are left unsettled
defineChange({ ...heading, operation: "POST /things", rename: { "/a": "b" } });
// @ts-expect-error there is no /c in 1.1
defineChange({ ...heading, operation: "POST /things", rename: { "/a": "c" }, enumMap: states });
defineChange({
  ...heading,
  operation: "POST /things",
  rename: { "/a": "b" },
  // @ts-expect-error 1.1 has no such state
  enumMap: { "/state": [["OPEN", "NEW"]] },
});
