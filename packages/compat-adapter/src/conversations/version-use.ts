import type { Version } from "@mojaloop-versioning/protocol";

/** The versions in one message of a participant. */
export interface VersionPair {
  /** The version of the message itself, in Content-Type. */
  readonly content: Version;
  /** The newest version that it accepts in the callback; `null` for a message without Accept. */
  readonly accept: Version | null;
}

/** One message of a participant, to be counted. */
export interface UsedVersions extends VersionPair {
  readonly participant: string;
  readonly resource: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** How often and when a participant used a pair of versions of one resource. */
export interface VersionUse extends VersionPair {
  readonly participant: string;
  readonly resource: string;
  /** Milliseconds since 1970 of the last message. */
  readonly lastSeen: number;
  readonly messages: number;
  /** Messages in each of the last 24 hours, the current one last. */
  readonly hours: readonly number[];
  /** Messages in each of the last 90 days (UTC), the current one last. */
  readonly days: readonly number[];
}

/** What a store has counted. */
export interface CountedUses {
  /** Milliseconds since 1970 when counting began. */
  readonly since: number;
  readonly uses: readonly VersionUse[];
}

/** Hours in {@link VersionUse.hours}. */
export const COUNTED_HOURS = 24;
/** Days in {@link VersionUse.days}. */
export const COUNTED_DAYS = 90;

/** The hour of a time, counted from 1970. */
export function hourOf(at: number): number {
  return Math.floor(at / 3_600_000);
}

/** The day of a time, counted from 1970. */
export function dayOf(at: number): number {
  return Math.floor(at / 86_400_000);
}

/** The version that a participant is answered in. */
export function answerVersionOf({ content, accept }: VersionPair): Version {
  return accept ?? content;
}
