import type { Source } from "../change.ts";

/** An id that the older version's pattern rejects: said by the id map, or refused by name. */
export const olderId: readonly Source[] = [
  { ids: true, note: "the context's id map" },
  { refuse: "3100", message: "versions 1.x know UUIDs of versions 1 to 5 only, and no id map is given" },
];
