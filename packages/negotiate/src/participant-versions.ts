import { compareVersions, newestFirst, type Version } from "@mojaloop-versioning/protocol";
import { readOffer, type Offer } from "./offer.ts";

/** What was learned of a participant and a resource. */
export interface LearnedVersions {
  /** The version it asked for last, which it can read. */
  readonly reads?: Version;
  /** The version of the body it sent last, which it can write. */
  readonly writes?: Version;
  /** When, in milliseconds of the epoch. */
  readonly seen: number;
}

/** Says what versions a participant speaks. */
export interface ParticipantVersions {
  /** Takes note of what a participant sent. */
  readonly learn: (agreement: LearnableAgreement) => void;
  /** What was configured for a participant, newest first, else what was learned; empty where nothing is known. */
  readonly versionsOf: (participant: string, resource: string) => readonly Version[];
  /** The newest of `ours` that the participant speaks; `undefined` where nothing is known or nothing is common. */
  readonly versionFor: (
    participant: string,
    resource: string,
    ours: readonly Version[],
  ) => Version | undefined;
  /** What was learned, for the question who still speaks an old version, and when last. */
  readonly learned: () => readonly (LearnedVersions & {
    readonly participant: string;
    readonly resource: string;
  })[];
}

/** The members of a negotiation that say what its sender speaks. */
export interface LearnableAgreement {
  readonly resource: string;
  readonly accept?: Version | undefined;
  readonly content: Version;
  readonly source?: string | undefined;
}

export interface ParticipantVersionsOptions {
  /** FSP id → resource → versions. What is configured is never overruled by what is learned. */
  readonly configured?: Readonly<Record<string, Offer>>;
  /** Most pairs of participant and resource remembered; the one unseen for longest goes first. Default 10,000. */
  readonly limit?: number;
  /** Milliseconds of the epoch. Default `Date.now`. */
  readonly now?: () => number;
}

/**
 * Makes a memory of participants' versions, configured and learned.
 * @throws VersioningError `invalid-option`
 */
export function createParticipantVersions(options: ParticipantVersionsOptions = {}): ParticipantVersions {
  const { limit = 10_000, now = Date.now } = options;
  const configured = new Map(
    Object.entries(options.configured ?? {}).map(([participant, offer]) => [
      participant,
      readOffer(offer, `configured.${participant}`),
    ]),
  );
  // In order of when each was seen last, so that the first is the one to forget.
  const memory = new Map<string, LearnedVersions & { participant: string; resource: string }>();

  function versionsOf(participant: string, resource: string): readonly Version[] {
    const known = configured.get(participant)?.get(resource);
    if (known) return known;
    const { reads, writes } = memory.get(keyOf(participant, resource)) ?? {};
    return newestFirst([reads, writes].filter((version) => version !== undefined));
  }

  return {
    learn({ resource, accept, content, source }) {
      if (source === undefined || source === "") return;
      const key = keyOf(source, resource);
      const before = memory.get(key);
      memory.delete(key);
      const reads = accept ?? before?.reads;
      memory.set(key, {
        participant: source,
        resource,
        ...(reads !== undefined && { reads }),
        writes: content,
        seen: now(),
      });
      const oldest = memory.keys().next();
      if (memory.size > limit && !oldest.done) memory.delete(oldest.value);
    },
    versionsOf,
    versionFor(participant, resource, ours) {
      const theirs = versionsOf(participant, resource);
      return [...ours].sort((a, b) => compareVersions(b, a)).find((version) => theirs.includes(version));
    },
    learned: () => Array.from(memory.values()),
  };
}

// Neither an FSP id in a header line nor a resource can hold a line feed.
function keyOf(participant: string, resource: string): string {
  return `${participant}\n${resource}`;
}
