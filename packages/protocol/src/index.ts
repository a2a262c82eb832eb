export { callbackPathOf } from "./callback-path.ts";
export { readErrorCallback } from "./error-callback.ts";
export { ERROR_CODES, type ErrorCode } from "./error-code.ts";
export {
  errorBody,
  readErrorBody,
  statusOf,
  supportedVersions,
  unacceptableVersion,
  type ErrorBody,
  type Extension,
} from "./error-information.ts";
export { isFspId, MAX_FSP_ID_LENGTH } from "./fsp-id.ts";
export { HEADER, MAX_BODY_SIZE, MAX_HEADER_SIZE } from "./header.ts";
export { canonicalJson, isJsonObject, ownMember, textAt, type JsonObject } from "./json.ts";
export {
  MAX_PARAMETERS,
  MAX_RANGES,
  parseMediaRange,
  parseMediaRanges,
  type MediaRange,
} from "./media-range.ts";
export { formatMediaType, parseMediaType, type Dialect, type MediaType } from "./media-type.ts";
export {
  createOperationMatcher,
  fillPath,
  kindOf,
  resourceOf,
  type Operation,
  type OperationKind,
  type OperationMatch,
} from "./operation.ts";
export { pathOfTarget } from "./request-target.ts";
export {
  compareVersions,
  isVersion,
  majorOf,
  minorOf,
  newestFirst,
  parseVersion,
  type Version,
} from "./version.ts";
export {
  isVersioningError,
  VersioningError,
  VERSIONING_ERRORS,
  type VersioningErrorCode,
} from "./versioning-error.ts";
