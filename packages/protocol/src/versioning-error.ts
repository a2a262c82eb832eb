/** The codes of `VersioningError`, each with its meaning. */
export const VERSIONING_ERRORS = {
  "invalid-version": "a version is not written as major.minor",
  "invalid-option":
    "an option of a create, define or middleware function is wrong; the message names its path",
  "invalid-spec":
    "an API document, an overlay or the catalogue cannot be used; the message names the file and the place",
  "unreadable-input":
    "a chart, a manifest, a migration, a policy or a date cannot be read; the message names the file and the line",
  "unknown-release": "no manifest, policy or release has that name; the message lists those that exist",
  "invalid-change": "a declared change cannot be used; the message names the change and the reason",
  "missing-change": "no change settles a difference between two versions; the message names the pointers",
  "unknown-version": "a registry was asked for a resource, version or operation that it does not know",
  "lookup-needs-async": "a look-up returned a promise to a synchronous conversion",
  "not-negotiated": "a handler read the agreement of a request that has none",
  "missing-peer": "an optional package is needed and not installed; the message names it",
  "database-unusable":
    "a database cannot be used: server, rights, lock or state; the message names what is missing",
  "unsafe-schema-change":
    "a schema change would break a running version or lose a row; the message names the statement and the cure",
} as const;

/** A code of {@link VERSIONING_ERRORS}. */
export type VersioningErrorCode = keyof typeof VERSIONING_ERRORS;

/**
 * A mistake of the program: a wrong option, a missing step, an impossible state. Outcomes that a caller must handle are values.
 * Recognise it with {@link isVersioningError}: the ESM and the CommonJS copy of this class may both be loaded.
 */
export class VersioningError extends Error {
  override readonly name = "VersioningError";
  readonly code: VersioningErrorCode;

  constructor(code: VersioningErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whether `error` is a `VersioningError` of any copy of this package, with the given code if one is asked for. */
export function isVersioningError(error: unknown, code?: VersioningErrorCode): error is VersioningError {
  return (
    error instanceof Error &&
    error.name === "VersioningError" &&
    "code" in error &&
    (code === undefined || error.code === code)
  );
}
