import type { AddCommands } from "../context.ts";

/** A command as `mojaver --help` lists it. Its module is loaded when it is called. */
export interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<AddCommands>;
}

/** The commands, in the order of the help. */
export const commands: readonly ListedCommand[] = [
  {
    name: "specs",
    summary: "list API documents; compare two of them",
    load: async () => (await import("./specs.ts")).addSpecs,
  },
  {
    name: "manifest",
    summary: "show, extract, verify and compare Mojaloop releases",
    load: async () => (await import("./manifest.ts")).addManifest,
  },
  {
    name: "bump",
    summary: "compute the Mojaloop version of a release from the one before it",
    load: async () => (await import("./bump.ts")).addBump,
  },
  {
    name: "can-talk",
    summary: "check whether one participant can pay another through a hub",
    load: async () => (await import("./can-talk.ts")).addCanTalk,
  },
  {
    name: "transform",
    summary: "convert one message to another version of its API",
    load: async () => (await import("./transform.ts")).addTransform,
  },
  {
    name: "coverage",
    summary: "list which messages can be converted, and what each conversion keeps",
    load: async () => (await import("./coverage.ts")).addCoverage,
  },
  {
    name: "changelog",
    summary: "write a migration guide between two versions, in Markdown",
    load: async () => (await import("./changelog.ts")).addChangelog,
  },
  {
    name: "upgrade",
    summary: "check an upgrade, plan it, and lint its migrations",
    load: async () => (await import("./upgrade.ts")).addUpgrade,
  },
  {
    name: "db",
    summary: "change a database's schema while the service runs",
    load: async () => (await import("./db.ts")).addDb,
  },
  {
    name: "skew",
    summary: "check whether two services, or two versions of one, may run together",
    load: async () => (await import("./skew.ts")).addSkew,
  },
  {
    name: "support",
    summary: "show how long releases are supported",
    load: async () => (await import("./support.ts")).addSupport,
  },
  {
    name: "tags",
    summary: "order image tags and find the newest",
    load: async () => (await import("./tags.ts")).addTags,
  },
  {
    name: "demo",
    summary: "run a scheme with payers on 1.0, 1.1 and 2.0, and show each message",
    load: async () => (await import("./demo.ts")).addDemo,
  },
  {
    name: "simulate",
    summary: "run a hub and a payee DFSP on 127.0.0.1 until SIGINT or SIGTERM",
    load: async () => (await import("./simulate.ts")).addSimulate,
  },
  {
    name: "adapter",
    summary: "run the compat-adapter in front of a hub",
    load: async () => (await import("./adapter.ts")).addAdapter,
  },
  {
    name: "schema",
    summary: "print the JSON Schema of the --json output of a command",
    load: async () => (await import("./schema.ts")).addSchema,
  },
  {
    name: "completion",
    summary: "print a completion script for a shell",
    load: async () => (await import("./completion.ts")).addCompletion,
  },
];
