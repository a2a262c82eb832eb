import { residue as fspiop } from "@mojaloop-versioning/types/fspiop/residue";
import { residue as settlement } from "@mojaloop-versioning/types/settlement/residue";
import { changes as fspiopChanges } from "../src/fspiop/changes.ts";
import { changes as settlementChanges } from "../src/settlement/changes.ts";
import { fastPathsFile } from "./fast-paths.ts";

/** Generates the sources of this package: texts by their path in it. The same changes give the same texts. */
export function generate(): Map<string, string> {
  const sources = [
    { api: "fspiop", residue: fspiop, changes: fspiopChanges },
    { api: "settlement", residue: settlement, changes: settlementChanges },
  ];
  return new Map(
    sources.map((source) => [`src/generated/${source.api}-fast-paths.ts`, fastPathsFile(source)]),
  );
}
