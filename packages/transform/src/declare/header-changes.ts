import type { Source } from "./change.ts";

/** Headers as Node.js returns them; names in any letter case (RFC 9110 5.1). */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The headers that differ between two versions, by name in any letter case. */
export interface HeaderChanges {
  /** Headers of the newer version only: a downgrade drops them, an upgrade fills them from these sources, if there are any. */
  readonly newer?: Readonly<Record<string, readonly Source[]>>;
  /** Headers of the older version only: the same in the other direction. */
  readonly older?: Readonly<Record<string, readonly Source[]>>;
  /** Older name to newer name. */
  readonly rename?: Readonly<Record<string, string>>;
}
