import type { AddCommands } from "../context.ts";
import { addAdapter } from "./adapter.ts";
import { addBump } from "./bump.ts";
import { addCanTalk } from "./can-talk.ts";
import { addChangelog } from "./changelog.ts";
import { addCompletion } from "./completion.ts";
import { addCoverage } from "./coverage.ts";
import { addManifest } from "./manifest.ts";
import { addSimulate } from "./simulate.ts";
import { addSpecs } from "./specs.ts";
import { addSupport } from "./support.ts";
import { addTags } from "./tags.ts";
import { addTransform } from "./transform.ts";
import { addUpgrade } from "./upgrade.ts";

/** The commands, in the order in which the help lists them. */
export const commands: readonly AddCommands[] = [
  addSpecs,
  addManifest,
  addBump,
  addCanTalk,
  addTransform,
  addCoverage,
  addChangelog,
  addUpgrade,
  addSupport,
  addTags,
  addSimulate,
  addAdapter,
  addCompletion,
];
