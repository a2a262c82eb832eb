/** The sources of an id that the older version's pattern rejects: the id map, or a refusal. */
export const olderId: readonly [
  { readonly ids: true; readonly note: string },
  { readonly refuse: "3100"; readonly message: string },
] = [
  { ids: true, note: "the context's id map" },
  { refuse: "3100", message: "1.x allows only UUIDs of versions 1 to 5, and there is no id map" },
];
