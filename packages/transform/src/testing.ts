export type { ApiWithSchemas } from "./testing/api-version.ts";
export { arbitraryOf } from "./testing/arbitrary.ts";
export { differences } from "./values/differences.ts";
export { deepFreeze } from "./testing/compare.ts";
export { laws, type Law, type LawOptions } from "./testing/laws.ts";
