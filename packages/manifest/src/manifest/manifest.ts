import type { Version } from "@mojaloop-versioning/protocol";
import type { MigrationSet } from "../migrations/migration.ts";

/** How sure a claim is: a document states it, a file or an image shows it, it follows from other claims, or only a draft states it. */
export type Confidence = "stated" | "observed" | "inferred" | "draft";

/** Where a fact comes from. */
export interface Sourced {
  /** A key of the manifest's `sources`. */
  readonly source: string;
  readonly confidence: Confidence;
}

/** A fact with its source. */
export interface Claim<T> extends Sourced {
  readonly value: T;
}

/** Claims about one thing, the preferred one first. Two of them with other values are a conflict, and both are kept. */
export type Claims<T> = readonly Claim<T>[];

/** What a release says and shows of one API. */
export interface ManifestApi {
  /** The versions that documents name. */
  readonly declared: Claims<readonly Version[]>;
  /** The versions that configuration or images show. */
  readonly observed: Claims<readonly Version[]>;
  /** FSPIOP is negotiated per resource (API Definition 3.3), so it is recorded per resource. */
  readonly resources: Readonly<Record<string, ManifestResource>>;
}

/** What the hub's service for a resource takes and sends. */
export interface ManifestResource extends Sourced {
  readonly service: string;
  readonly accepts: readonly Version[];
  /** The version of the messages that the hub itself makes. */
  readonly sends: Version;
}

/** The Helm release: the chart and what lies in it. */
export interface ManifestHelm {
  readonly chart: string;
  readonly version: Claims<string>;
  readonly content?: HelmContent;
}

/** What the chart's folder holds. Keys are paths of subcharts, `central.centralledger`. */
export interface HelmContent extends Sourced {
  readonly subcharts: Readonly<Record<string, string>>;
  readonly disabled: readonly string[];
  /** Charts of others: `{ "central.centralledger.mysql": "percona-xtradb-cluster@1.0.4" }`. */
  readonly external: Readonly<Record<string, string>>;
  readonly thirdPartyImages: readonly string[];
}

/** A service and its image. */
export interface ManifestService extends Sourced {
  readonly version: string;
  readonly image: string;
  readonly enabledByDefault?: boolean;
  readonly released?: string;
  readonly node?: string;
  /** What `info.version` of its API documents says: often not the API's version. */
  readonly specs?: Readonly<Record<string, string>>;
}

/** The migrations of a service's database. */
export interface ManifestStore extends Sourced, MigrationSet {
  readonly engine: string;
  /** Over the names; see `setDigest`. */
  readonly setDigest?: string;
}

/** Where what was declared and what was observed part. */
export interface ManifestFinding {
  /** The place in the manifest: `apis.fspiop.resources.transactionRequests`. */
  readonly field: string;
  readonly declared?: string;
  readonly observed?: string;
  readonly why: string;
}

/** A Mojaloop release written down: what it holds, who says so, and how sure that is. */
export interface Manifest {
  readonly manifestVersion: 1;
  /** `"mojaloop-1.0"`, `"helm-17.0.0"`, `"central-ledger-9.3.0"`. */
  readonly id: string;
  /** The bundle's version x.y of the proposal, if it has one. */
  readonly mojaloopVersion: Claims<string>;
  /** Dates `YYYY-MM-DD`. */
  readonly released: Claims<string>;
  readonly apis: Readonly<Record<string, ManifestApi>>;
  readonly helm?: ManifestHelm;
  readonly services: Readonly<Record<string, ManifestService>>;
  readonly internal: {
    readonly db: {
      readonly declared: Claims<string>;
      readonly stores: Readonly<Record<string, ManifestStore>>;
    };
    readonly messaging: {
      readonly declared: Claims<string>;
      /** Versions of the messaging libraries: service, library, version. */
      readonly libraries: Readonly<Record<string, MessagingLibraries>>;
    };
  };
  /** What the release was tested with: `{ mysql: "8.0.32" }`. */
  readonly infra: Readonly<Record<string, Claim<string>>>;
  readonly findings: readonly ManifestFinding[];
  /** Every source that the claims name, and what it is. */
  readonly sources: Readonly<Record<string, string>>;
}

/** The messaging libraries of a service. */
export interface MessagingLibraries extends Sourced {
  readonly versions: Readonly<Record<string, string>>;
}

/** The preferred value of some claims. */
export function preferred<T>(claims: Claims<T>): T | undefined {
  return claims[0]?.value;
}

/** The Helm version of a manifest, if it has one. */
export function helmVersion(manifest: Manifest): string | undefined {
  return manifest.helm && preferred(manifest.helm.version);
}
