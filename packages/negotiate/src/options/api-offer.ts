import { newestFirst, VersioningError, type Dialect, type Version } from "@mojaloop-versioning/protocol";
import { invalidOption } from "./invalid-option.ts";
import { readVersion } from "./offer.ts";

/** The part of an API version that an offer needs; the api objects of `@mojaloop-versioning/types` have this shape. */
export interface ApiVersion {
  readonly id?: string;
  readonly dialect?: Dialect;
  /** Resource → its version in this API version. */
  readonly resources: Readonly<Record<string, Version>>;
}

type Resources<A extends ApiVersion> = A extends unknown ? keyof A["resources"] & string : never;
type VersionsIn<A extends ApiVersion, R extends string> = A extends unknown
  ? R extends keyof A["resources"]
    ? A["resources"][R]
    : never
  : never;

/** The offer of one or several API versions: resource → its versions in any of them, newest first. */
export type OfferOf<A extends ApiVersion> = {
  readonly [R in Resources<A>]: readonly VersionsIn<A, R>[];
};

/**
 * Makes an offer from API versions: `offerOf([fspiopV1_0, fspiopV1_1])` offers transfers 1.0 and 1.1, and authorizations 1.0 only,
 * since that resource has not changed (API Definition 1.1, Table 6).
 * @throws VersioningError `invalid-option` where there is none, or where the dialects differ
 */
export function offerOf<const A extends ApiVersion>(apis: A | readonly A[]): OfferOf<A> {
  const list: readonly ApiVersion[] = isList(apis) ? apis : [apis];
  const versions = new Map<string, Version[]>();
  const dialects = new Set<Dialect>();
  list.forEach((api: Partial<ApiVersion> | undefined, i) => {
    const path = `apis[${i}]`;
    if (typeof api?.resources !== "object") {
      throw invalidOption(path, api, "pass api objects of @mojaloop-versioning/types, like fspiopV1_1");
    }
    dialects.add(api.dialect ?? "fspiop");
    for (const [resource, version] of Object.entries(api.resources)) {
      const known = versions.get(resource) ?? [];
      versions.set(resource, [...known, readVersion(version, `${path}.resources.${resource}`)]);
    }
  });
  if (list.length === 0) {
    throw new VersioningError("invalid-option", "apis is []; pass at least one api object, like fspiopV1_1");
  }
  if (dialects.size > 1) {
    throw new VersioningError(
      "invalid-option",
      "apis mixes the dialects fspiop and iso20022; make a negotiator for each",
    );
  }
  const offer: unknown = Object.fromEntries(
    Array.from(versions, ([resource, of]) => [resource, newestFirst(of)]),
  );
  return offer as OfferOf<A>; // has the resources and versions of `apis`, as the type says
}

function isList<A>(apis: A | readonly A[]): apis is readonly A[] {
  return Array.isArray(apis);
}
