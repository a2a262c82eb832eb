import { compareVersions, isFspId, newestFirst, type Version } from "@mojaloop-versioning/protocol";
import { checkNames, invalidOption } from "../options/invalid-option.ts";
import { readOffer, type Offer } from "../options/offer.ts";

/** The versions that a participant used for a resource. */
export interface LearnedVersions {
  /** The version it asked for last, which it can read. */
  readonly reads?: Version;
  /** The version of the body it sent last, which it can write. */
  readonly writes?: Version;
  /** The time of its last message, in milliseconds of the epoch. */
  readonly seen: number;
}

/** Which versions participants support. */
export interface ParticipantVersions {
  /** Learns from a message. One whose source is absent or not an FSP id changes nothing. */
  readonly learn: (agreement: LearnableAgreement) => void;
  /** The configured versions of a participant, newest first, else the learned ones; empty where nothing is known. */
  readonly versionsOf: (participant: string, resource: string) => readonly Version[];
  /** The newest of `ours` that the participant supports; `undefined` where nothing is known or in common. */
  readonly versionFor: (
    participant: string,
    resource: string,
    ours: readonly Version[],
  ) => Version | undefined;
  /** Everything that was learned. It answers which participants still use an old version, and since when none does. */
  readonly learned: () => readonly (LearnedVersions & {
    readonly participant: string;
    readonly resource: string;
  })[];
}

/** The members of an agreement that show what its sender supports. */
export interface LearnableAgreement {
  readonly resource: string;
  readonly accept?: Version | undefined;
  readonly content: Version;
  readonly source?: string | undefined;
}

/** The options of {@link createParticipantVersions}. */
export interface ParticipantVersionsOptions {
  /** FSP id → resource → versions. Configured versions take precedence over learned ones. */
  readonly configured?: Readonly<Record<string, Offer>>;
  /** Most pairs of participant and resource remembered; the one seen longest ago is forgotten first. Default 10,000. */
  readonly limit?: number;
  /** Milliseconds of the epoch. Default `Date.now`. */
  readonly now?: () => number;
}

/**
 * Makes a memory of participants' versions, configured and learned.
 * @throws VersioningError `invalid-option`
 */
export function createParticipantVersions(options: ParticipantVersionsOptions = {}): ParticipantVersions {
  checkNames(options, ["configured", "limit", "now"]);
  const { limit = 10_000, now = Date.now } = options;
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw invalidOption("limit", limit, "write a whole number from 1");
  const configured = new Map(
    Object.entries(options.configured ?? {}).map(([participant, offer]) => [
      participant,
      readOffer(offer, `configured.${participant}`),
    ]),
  );
  // In order of last use, so that the first is the one to forget.
  const memory = new Map<string, LearnedVersions & { participant: string; resource: string }>();

  function versionsOf(participant: string, resource: string): readonly Version[] {
    const known = configured.get(participant)?.get(resource);
    if (known) return known;
    const { reads, writes } = memory.get(memoryKey(participant, resource)) ?? {};
    return newestFirst([reads, writes].filter((version) => version !== undefined));
  }

  return {
    learn({ resource, accept, content, source }) {
      if (source === undefined || !isFspId(source)) return;
      const key = memoryKey(source, resource);
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

// Neither an FSP id nor a resource contains a line feed.
function memoryKey(participant: string, resource: string): string {
  return `${participant}\n${resource}`;
}
