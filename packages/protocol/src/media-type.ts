import type { Version } from "./version.ts";

/** The infix of the media type: `fspiop` has none, `iso20022` is `vnd.interoperability.iso20022.…`. */
export type Dialect = "fspiop" | "iso20022";

/** What a vendor media type says: which resource, in which dialect, at which version. */
export interface MediaType {
  readonly resource: string;
  readonly dialect?: Dialect;
  /** `"1.1"` exactly, `"1"` for any minor of 1 (Accept only), absent for the latest (API Definition 3.3.4.1). */
  readonly version?: Version | `${number}`;
}

/** Writes a vendor media type: `application/vnd.interoperability.transfers+json;version=1.1`. */
export function formatMediaType({ resource, dialect, version }: MediaType): string {
  const infix = dialect === "iso20022" ? "iso20022." : "";
  const parameter = version === undefined ? "" : `;version=${version}`;
  return `application/vnd.interoperability.${infix}${resource}+json${parameter}`;
}
