import type { AddCommands } from "../context.ts";

/** A command as `mojaver --help` lists it. What it needs is loaded once it is called. */
export interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<AddCommands>;
}

/** The commands, in the order in which the help lists them. A test holds the summaries to those of the commands themselves. */
export const commands: readonly ListedCommand[] = [
  {
    name: "specs",
    summary: "API documents: which there are, what changes between two",
    load: async () => (await import("./specs.ts")).addSpecs,
  },
  {
    name: "manifest",
    summary: "what a Mojaloop release holds, with sources",
    load: async () => (await import("./manifest.ts")).addManifest,
  },
  {
    name: "bump",
    summary: "which Mojaloop version the second release must bear, seen from the first, and why",
    load: async () => (await import("./bump.ts")).addBump,
  },
  {
    name: "can-talk",
    summary: "whether one participant can pay another through a hub, resource by resource",
    load: async () => (await import("./can-talk.ts")).addCanTalk,
  },
  {
    name: "transform",
    summary:
      "say one message in another version of its API: the message on standard input, the converted one on standard output, what was lost on standard error",
    load: async () => (await import("./transform.ts")).addTransform,
  },
  {
    name: "coverage",
    summary: "which messages can be converted between which versions, and what each conversion keeps",
    load: async () => (await import("./coverage.ts")).addCoverage,
  },
  {
    name: "changelog",
    summary: "a migration guide in markdown: what changed, why, and what becomes of messages both ways",
    load: async () => (await import("./changelog.ts")).addChangelog,
  },
  {
    name: "upgrade",
    summary: "whether an upgrade is safe, what to do, and how to go back",
    load: async () => (await import("./upgrade.ts")).addUpgrade,
  },
  {
    name: "support",
    summary: "how long releases are kept, under a policy",
    load: async () => (await import("./support.ts")).addSupport,
  },
  {
    name: "tags",
    summary: "the order of image tags: SemVer, PI numbers, patches, hotfixes, snapshots",
    load: async () => (await import("./tags.ts")).addTags,
  },
  {
    name: "demo",
    summary: "play a scheme with payers on 1.0, 1.1 and 2.0 on this machine, and show every message",
    load: async () => (await import("./demo.ts")).addDemo,
  },
  {
    name: "simulate",
    summary: "a hub and a payee DFSP on 127.0.0.1 for a payer of yours to talk to, until SIGINT or SIGTERM",
    load: async () => (await import("./simulate.ts")).addSimulate,
  },
  {
    name: "adapter",
    summary: "run the compat adapter before a hub; SIGTERM and SIGINT drain it, SIGHUP reads its file anew",
    load: async () => (await import("./adapter.ts")).addAdapter,
  },
  {
    name: "schema",
    summary: "print the JSON Schema of what a command prints with --json",
    load: async () => (await import("./schema.ts")).addSchema,
  },
  {
    name: "completion",
    summary: "print a script that completes commands and options in your shell",
    load: async () => (await import("./completion.ts")).addCompletion,
  },
];
