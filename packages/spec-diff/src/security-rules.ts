import type { Level } from "./rules.ts";
import type { Tendency } from "./stems.ts";

/** A rule of {@link OPERATION_RULES} in a line; the ceiling is `error` where none is given and the rule can break anybody. */
export type Row = readonly [
  id: string,
  level: Level,
  tendency: Tendency,
  words: string,
  mirror: string,
  ceiling?: Level,
];

/** Security, components, webhooks and callbacks. */
export const SECURITY_ROWS: readonly Row[] = [
  ["api-security-added", "info", "none", "alternative of security added", "api-security-removed"],
  [
    "api-security-removed",
    "info",
    "unknown",
    "alternative of security removed",
    "api-security-added",
    "warn",
  ],
  ["api-security-scope-added", "info", "unknown", "scope demanded", "api-security-scope-removed", "warn"],
  ["api-security-scope-removed", "info", "none", "scope no longer demanded", "api-security-scope-added"],
  [
    "api-global-security-added",
    "info",
    "none",
    "alternative of security added for all",
    "api-global-security-removed",
  ],
  [
    "api-global-security-removed",
    "info",
    "unknown",
    "alternative of security removed for all",
    "api-global-security-added",
    "warn",
  ],
  [
    "api-global-security-scope-added",
    "info",
    "unknown",
    "scope demanded by all",
    "api-global-security-scope-removed",
    "warn",
  ],
  [
    "api-global-security-scope-removed",
    "info",
    "none",
    "scope no longer demanded by all",
    "api-global-security-scope-added",
  ],
  ["api-security-component-added", "info", "none", "security scheme added", "api-security-component-removed"],
  [
    "api-security-component-removed",
    "info",
    "none",
    "security scheme removed",
    "api-security-component-added",
  ],
  [
    "api-security-component-type-changed",
    "info",
    "none",
    "security scheme of another type",
    "api-security-component-type-changed",
  ],
  [
    "api-security-component-oauth-url-changed",
    "info",
    "none",
    "another address to authorise at",
    "api-security-component-oauth-url-changed",
  ],
  [
    "api-security-component-oauth-token-url-changed",
    "info",
    "none",
    "another address for tokens",
    "api-security-component-oauth-token-url-changed",
  ],
  [
    "api-security-component-oauth-scope-added",
    "info",
    "none",
    "scope added to a scheme",
    "api-security-component-oauth-scope-removed",
  ],
  [
    "api-security-component-oauth-scope-removed",
    "info",
    "none",
    "scope removed from a scheme",
    "api-security-component-oauth-scope-added",
  ],
  [
    "api-security-component-oauth-scope-changed",
    "info",
    "none",
    "scope of a scheme described otherwise",
    "api-security-component-oauth-scope-changed",
  ],
  ["api-schema-added", "info", "none", "component added that no operation uses", "api-schema-removed"],
  ["api-schema-removed", "info", "none", "component removed that no operation used", "api-schema-added"],
  ["webhook-added", "info", "none", "webhook added", "webhook-removed"],
  ["webhook-removed", "error", "narrows", "webhook removed", "webhook-added"],
  ["callback-added", "info", "none", "callback added", "callback-removed"],
  ["callback-removed", "error", "narrows", "callback removed", "callback-added"],
];
