/** An id that the older version's pattern rejects: said by the id map, or refused by name. */
export const olderId: readonly [
  { readonly ids: true; readonly note: string },
  { readonly refuse: "3100"; readonly message: string },
] = [
  { ids: true, note: "the context's id map" },
  { refuse: "3100", message: "versions 1.x know UUIDs of versions 1 to 5 only, and no id map is given" },
];
