export type { ApiVersion } from "./testing/api-version.ts";
export { arbitraryOf } from "./testing/arbitrary.ts";
export { deepFreeze, differences } from "./testing/compare.ts";
export { laws, type Law, type LawOptions } from "./testing/laws.ts";
