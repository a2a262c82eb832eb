/** The APIs of a Mojaloop version: their names for people, and who keeps them (the versioning proposal, "A Mojaloop Version"). */
export const APIS: Readonly<Record<string, { readonly title: string; readonly owner: string }>> = {
  fspiop: { title: "FSPIOP API", owner: "CCB" },
  settlement: { title: "Settlement API", owner: "CCB" },
  admin: { title: "Admin/Operations API", owner: "CCB" },
  oracle: { title: "Oracle API", owner: "" },
  thirdparty: { title: "Third Party API", owner: "" },
};

/** Who keeps Helm and the internal schemas (the same table). */
export const INTERNAL_OWNER = "Design Authority";

/** The name of an API for people. */
export function apiTitle(api: string): string {
  return APIS[api]?.title ?? api;
}
