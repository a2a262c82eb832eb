import { newestFirst, VersioningError, type Dialect, type Version } from "@mojaloop-versioning/protocol";
import { describe, readVersion } from "./offer.ts";

/** What an offer needs of an API version; the api objects of `@mojaloop-versioning/types` are of this shape. */
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

/** The offer of one or several API versions: resource → the versions that any of them has of it, newest first. */
export type OfferOf<A extends ApiVersion> = {
  readonly [R in Resources<A>]: readonly VersionsIn<A, R>[];
};

/**
 * Makes an offer of API versions: `offerOf([fspiopV1_0, fspiopV1_1])` offers transfers 1.0 and 1.1, and authorizations 1.0 alone,
 * since that resource has not changed (API Definition 1.1, Table 6).
 * @throws VersioningError `invalid-option` where there is none, or they are of different dialects
 */
export function offerOf<const A extends ApiVersion>(apis: A | readonly A[]): OfferOf<A> {
  const list: readonly ApiVersion[] = isList(apis) ? apis : [apis];
  const versions = new Map<string, Version[]>();
  const dialects = new Set<Dialect>();
  list.forEach((api: Partial<ApiVersion> | undefined, i) => {
    const path = `apis[${i}]`;
    if (typeof api?.resources !== "object") {
      throw new VersioningError(
        "invalid-option",
        `${path} is ${describe(api)}; pass api objects of @mojaloop-versioning/types, like fspiopV1_1`,
      );
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
  return offer as OfferOf<A>; // built of the resources and versions that the type is built of
}

function isList<A>(apis: A | readonly A[]): apis is readonly A[] {
  return Array.isArray(apis);
}
